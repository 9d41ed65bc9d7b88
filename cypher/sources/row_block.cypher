// The block that holds one row of a file.
// in:    $file_id STRING, $number INTEGER 1..
// out:   file_id STRING, first_number INTEGER, last_number INTEGER, content STRING
// order: first_number; all rows
// user:  resolution/sources/state_loads.py, api/parties/source_rows.py
MATCH (n:RowBlock)
WHERE n.file_id = $file_id AND n.first_number <= $number AND n.last_number >= $number
RETURN
  n.file_id AS file_id, n.first_number AS first_number, n.last_number AS last_number, n.content AS content
ORDER BY first_number

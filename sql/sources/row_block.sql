-- The block that holds one row of a file.
-- in:    $file_id STRING, $number INTEGER 1..
-- out:   file_id STRING, first_number INTEGER, last_number INTEGER, content STRING
-- order: first_number; all rows
-- user:  resolution/sources/state_loads.py, api/parties/source_rows.py
SELECT
  file_id, first_number, last_number, content
FROM row_blocks
WHERE file_id = :file_id AND first_number <= :number AND last_number >= :number
ORDER BY first_number

// The highest number under which a row of a file is kept; 0 where none is.
// in:    $file_id STRING
// out:   last_number INTEGER 0..
// order: one row
// user:  resolution/sources/states.py
MATCH (n:RowBlock {file_id: $file_id})
RETURN coalesce(max(n.last_number), 0) AS last_number

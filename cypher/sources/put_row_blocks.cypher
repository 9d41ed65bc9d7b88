// Source rows as JSON text, up to 1,000 to a block; personal ids are masked already.
// batch: file_id STRING, first_number INTEGER, last_number INTEGER, content STRING
// out:   nothing
// order: none
// user:  resolution/sources/loads.py, resolution/sources/states.py
UNWIND $rows AS row
MERGE (n:RowBlock {file_id: row.file_id, first_number: row.first_number})
SET n = row

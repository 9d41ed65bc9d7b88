// The prints of the rows of a source's last delivery, in parts of one text.
// batch: file_id STRING, part INTEGER, content STRING
// out:   nothing
// order: none
// user:  resolution/sources/row_prints.py
UNWIND $rows AS row
MERGE (n:SourcePrints {file_id: row.file_id, part: row.part})
SET n = row

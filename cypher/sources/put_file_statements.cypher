// What a file says under an id that several files tell: a row of the table `kind`, as JSON.
// batch: kind STRING, id STRING, file_id STRING, row_id STRING, document STRING
// out:   nothing
// order: none
// user:  resolution/sources/repairs.py, resolution/sources/shared_statements.py
UNWIND $rows AS row
MERGE (n:FileStatement {kind: row.kind, id: row.id, file_id: row.file_id})
SET n = row

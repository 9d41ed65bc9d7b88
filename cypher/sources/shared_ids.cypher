// Statements of one file that other files tell as well.
// in:    $file_id STRING
// out:   kind STRING, id STRING
// order: kind, id; all rows
// user:  resolution/sources/shared_statements.py
MATCH (n:FileStatement {file_id: $file_id})
RETURN n.kind AS kind, n.id AS id
ORDER BY kind, id

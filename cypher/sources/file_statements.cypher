// What each file says under these ids, where several files tell them.
// in:    $kind STRING, $ids LIST<STRING>
// out:   id STRING, file_id STRING, row_id STRING, document STRING
// order: id, file_id; all rows
// user:  resolution/sources/shared_statements.py, api/parties/source_rows.py
UNWIND $ids AS id
MATCH (n:FileStatement {kind: $kind, id: id})
WITH DISTINCT n
RETURN n.id AS id, n.file_id AS file_id, n.row_id AS row_id, n.document AS document
ORDER BY id, file_id

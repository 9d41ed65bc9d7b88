// What a state of a source brought, changed or no longer states; `before` is the row as it stood until then.
// batch: file_id STRING, state INTEGER, kind STRING, id STRING, change STRING, before STRING?
// out:   nothing
// order: none
// user:  resolution/sources/states.py
UNWIND $rows AS row
MERGE (n:SourceChange {file_id: row.file_id, state: row.state, kind: row.kind, id: row.id})
SET n = row

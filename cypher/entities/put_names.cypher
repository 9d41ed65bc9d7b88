// Names to search by; `folded` is folded the same way as the words searched for.
// batch: entity_id STRING, folded STRING, shown STRING, role STRING
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
UNWIND $rows AS row
MERGE (n:Name {entity_id: row.entity_id, shown: row.shown})
SET n = row

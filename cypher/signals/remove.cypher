// Forget these numbers: there is nothing to tell any more.
// batch: entity_id STRING, name STRING
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MATCH (n:Signal {entity_id: row.entity_id, name: row.name})
DELETE n

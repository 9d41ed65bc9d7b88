// Numbers about parties, one a name.
// batch: entity_id STRING, name STRING, value FLOAT, own FLOAT, exposure FLOAT
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MERGE (n:Signal {entity_id: row.entity_id, name: row.name})
SET n = row

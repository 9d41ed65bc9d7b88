// Parties, each with everything its records say.
// batch: id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
UNWIND $rows AS row
MERGE (n:Node {id: row.id})
SET n:Entity, n += row

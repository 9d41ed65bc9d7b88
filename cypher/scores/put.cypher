// Scores or states, one a party.
// batch: entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MERGE (n:Score {entity_id: row.entity_id})
SET n = row

// Forget the scores of these parties.
// batch: entity_id STRING
// out:   nothing
// order: none
// user:  resolution/live/rewriting.py, graph/diff_writes.py
UNWIND $rows AS row
MATCH (n:Score {entity_id: row.entity_id})
DELETE n

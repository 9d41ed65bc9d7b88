// Verdicts on pairs; a verdict already kept with the same time and author is left as it is stated now.
// batch: left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
UNWIND $rows AS row
MERGE (n:Judgement {left_id: row.left_id, right_id: row.right_id, by: row.by, decided_at: row.decided_at})
SET n = row

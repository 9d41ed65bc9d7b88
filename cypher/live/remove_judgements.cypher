// Forget these verdicts of models: they no longer hold.
// batch: left_id STRING, right_id STRING, by STRING, decided_at STRING
// out:   nothing
// order: none
// user:  resolution/live/rewriting.py
UNWIND $rows AS row
MATCH (n:Judgement {left_id: row.left_id, right_id: row.right_id, by: row.by, decided_at: row.decided_at})
DELETE n

// What models said of pairs whose first record is one of these.
// in:    $record_ids LIST<STRING>
// out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
// order: left_id, right_id, decided_at, by; all rows
// user:  resolution/entities/chains.py, resolution/live/rewriting.py, resolution/match_explanations/pair_explanations.py
MATCH (n:Judgement)
WHERE n.left_id IN $record_ids AND n.by STARTS WITH 'model:'
RETURN
  n.left_id AS left_id, n.right_id AS right_id, n.verdict AS verdict, n.by AS by, n.reason AS reason,
  n.decided_at AS decided_at, n.match_weight AS match_weight
ORDER BY left_id, right_id, decided_at, by

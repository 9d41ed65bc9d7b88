-- What models said of pairs whose first record is one of these.
-- in:    $record_ids LIST<STRING>
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
-- order: left_id, right_id, decided_at, by; all rows
-- user:  resolution/entities/chains.py, resolution/live/rewriting.py, resolution/match_explanations/pair_explanations.py
SELECT
  left_id, right_id, verdict, "by", reason, decided_at, match_weight
FROM judgements
WHERE left_id IN (SELECT value FROM json_each(:record_ids)) AND substr("by", 1, 6) = 'model:'
ORDER BY left_id, right_id, decided_at, "by"

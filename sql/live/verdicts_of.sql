-- What people said of pairs with one of these records in it.
-- in:    $record_ids LIST<STRING>
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
-- order: left_id, right_id, decided_at, by; all rows
-- user:  resolution/live/called.py
SELECT
  left_id, right_id, verdict, "by", reason, decided_at, match_weight
FROM judgements
WHERE substr("by", 1, 6) <> 'model:' AND left_id IN (SELECT value FROM json_each(:record_ids))
UNION
SELECT
  left_id, right_id, verdict, "by", reason, decided_at, match_weight
FROM judgements
WHERE substr("by", 1, 6) <> 'model:' AND right_id IN (SELECT value FROM json_each(:record_ids))
ORDER BY left_id, right_id, decided_at, "by"

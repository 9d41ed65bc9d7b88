-- Lines of the ledger that speak of any of these records, the latest first.
-- in:    $ids LIST<STRING>
-- out:   id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
-- order: decided_at DESC, occasion, id; all rows
-- user:  resolution/judgements/ledger.py
SELECT
  id, occasion, left_id, right_id, verdict, undoes, "by", reason, decided_at
FROM ledger
WHERE left_id IN (SELECT value FROM json_each(:ids))
UNION
SELECT
  id, occasion, left_id, right_id, verdict, undoes, "by", reason, decided_at
FROM ledger
WHERE right_id IN (SELECT value FROM json_each(:ids))
ORDER BY decided_at DESC, occasion, id

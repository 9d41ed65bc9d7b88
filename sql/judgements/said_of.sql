-- What people say of pairs with one of these records in it and have not taken back.
-- in:    $ids LIST<STRING>
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING
-- order: left_id, right_id, decided_at, by; all rows
-- user:  resolution/entities/chains.py, resolution/judgements/ledger.py, resolution/match_explanations/pair_weights.py
WITH pairs AS (
  SELECT left_id, right_id, verdict, "by", reason, decided_at FROM judgements
  WHERE "by" NOT LIKE 'model:%' AND left_id IN (SELECT value FROM json_each(:ids))
  UNION
  SELECT left_id, right_id, verdict, "by", reason, decided_at FROM judgements
  WHERE "by" NOT LIKE 'model:%' AND right_id IN (SELECT value FROM json_each(:ids))
),
lines AS (
  SELECT id, left_id, right_id, verdict, "by", reason, decided_at FROM ledger
  WHERE verdict IS NOT NULL AND left_id IN (SELECT value FROM json_each(:ids))
  UNION
  SELECT id, left_id, right_id, verdict, "by", reason, decided_at FROM ledger
  WHERE verdict IS NOT NULL AND right_id IN (SELECT value FROM json_each(:ids))
)
SELECT left_id, right_id, verdict, "by", reason, decided_at FROM pairs
UNION ALL
SELECT n.left_id, n.right_id, n.verdict, n."by", n.reason, n.decided_at FROM lines AS n
WHERE NOT EXISTS (SELECT 1 FROM ledger AS u WHERE u.undoes = n.id)
ORDER BY left_id, right_id, decided_at, "by"

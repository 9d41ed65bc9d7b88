-- Every verdict on a pair of records, models' and people's, oldest first; what was taken back is left out.
-- in:    nothing
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
-- order: left_id, right_id, decided_at, by; all rows
-- user:  tests/journeys/test_both_engines_agree.py
-- columns: bulk, for Store.columns
SELECT
  left_id, right_id, verdict, "by", reason, decided_at, match_weight
FROM judgements
UNION ALL
SELECT
  n.left_id, n.right_id, n.verdict, n."by", n.reason, n.decided_at, NULL AS match_weight
FROM ledger AS n
WHERE n.verdict IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger AS u WHERE u.undoes = n.id)
ORDER BY left_id, right_id, decided_at, "by"

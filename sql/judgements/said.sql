-- What people say of pairs of records and have not taken back: lines of the ledger without an undo.
-- in:    nothing
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING
-- order: left_id, right_id, decided_at, by; all rows
-- user:  resolution/judgements/ledger.py
-- columns: bulk, for Store.columns
SELECT
  left_id, right_id, verdict, "by", reason, decided_at
FROM judgements
WHERE "by" NOT LIKE 'model:%'
UNION ALL
SELECT
  n.left_id, n.right_id, n.verdict, n."by", n.reason, n.decided_at
FROM ledger AS n
WHERE n.verdict IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger AS u WHERE u.undoes = n.id)
ORDER BY left_id, right_id, decided_at, "by"

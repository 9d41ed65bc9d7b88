-- The whole ledger, the latest line first.
-- in:    nothing
-- out:   id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
-- order: decided_at DESC, occasion, id; all rows
-- user:  resolution/judgements/ledger.py
-- columns: bulk, for Store.columns
SELECT
  id, occasion, left_id, right_id, verdict, undoes, "by", reason, decided_at
FROM ledger
ORDER BY decided_at DESC, occasion, id

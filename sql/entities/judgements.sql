-- Every verdict on a pair of records, models' and people's, oldest first.
-- in:    nothing
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
-- order: left_id, right_id, decided_at, by; all rows
-- user:  resolution/pipeline.py
-- columns: bulk, for Store.columns
SELECT
  left_id, right_id, verdict, "by", reason, decided_at, match_weight
FROM judgements
ORDER BY left_id, right_id, decided_at, "by"

-- Every id that was joined into another.
-- in:    nothing
-- out:   old_id STRING, surviving_id STRING
-- order: old_id; all rows
-- user:  resolution/pipeline.py
-- columns: bulk, for Store.columns
SELECT
  old_id, surviving_id
FROM redirects
ORDER BY old_id

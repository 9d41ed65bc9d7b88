-- One fact about the store, or nothing.
-- in:    $key STRING
-- out:   key STRING, value STRING
-- order: key; all rows
-- user:  resolution/pipeline.py, graph/pipeline.py
SELECT
  key, value
FROM meta
WHERE key = :key
ORDER BY key

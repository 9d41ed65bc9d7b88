-- Every fact about the store.
-- in:    nothing
-- out:   key STRING, value STRING
-- order: key; all rows
-- user:  resolution/pipeline.py, graph/pipeline.py
SELECT
  key, value
FROM meta
ORDER BY key

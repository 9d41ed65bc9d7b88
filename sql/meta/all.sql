-- Every fact about the store.
-- in:    nothing
-- out:   key STRING, value STRING
-- order: key; all rows
-- user:  store/freshness.py, graph/pipeline.py, api/context/kept_answers.py, api/parties/store_gauges.py, api/watching/state_inputs.py
SELECT
  key, value
FROM meta
ORDER BY key

-- Every signal.
-- in:    nothing
-- out:   entity_id STRING, name STRING, value FLOAT, own FLOAT, exposure FLOAT
-- order: entity_id, name; all rows
-- user:  graph/diff_writes.py, graph/drift.py, api/context/kept_answers.py
-- columns: bulk, for Store.columns
SELECT
  entity_id, name, value, own, exposure
FROM signals
ORDER BY entity_id, name

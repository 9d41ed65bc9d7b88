-- Every score without its document.
-- in:    nothing
-- out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?
-- order: entity_id; all rows
-- user:  graph/drift.py
-- columns: bulk, for Store.columns
SELECT
  entity_id, kind, as_of, rulebook, standing, value, state, band
FROM scores
ORDER BY entity_id

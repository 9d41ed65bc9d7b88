-- Every score, whole.
-- in:    nothing
-- out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
-- order: entity_id; all rows
-- user:  graph/renewing.py
-- columns: bulk, for Store.columns
SELECT
  entity_id, kind, as_of, rulebook, standing, value, state, band, document
FROM scores
ORDER BY entity_id

-- The score of one party, or nothing.
-- in:    $entity_id STRING
-- out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
-- order: entity_id; all rows
-- user:  graph/pipeline.py
SELECT
  entity_id, kind, as_of, rulebook, standing, value, state, band, document
FROM scores
WHERE entity_id = :entity_id
ORDER BY entity_id

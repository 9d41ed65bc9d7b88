-- Scores with their documents, a page at a time: together they are too long for one answer.
-- in:    $after STRING, $limit INTEGER 1..100000
-- out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
-- order: entity_id; at most $limit rows
-- user:  graph/diff_writes.py
-- columns: bulk, for Store.columns
SELECT
  entity_id, kind, as_of, rulebook, standing, value, state, band, document
FROM scores
WHERE entity_id > :after
ORDER BY entity_id
LIMIT :limit

-- A page of scores of firms and agencies after one id ('' starts), without their documents; persons are scored at the look alone.
-- in:    $after STRING, $limit INTEGER 1..10001
-- out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?
-- order: entity_id; at most $limit rows
-- user:  api/parties/exports.py
SELECT
  entity_id, kind, as_of, rulebook, standing, value, state, band
FROM scores
WHERE entity_id > :after AND kind IN ('firm', 'agency')
ORDER BY entity_id
LIMIT :limit

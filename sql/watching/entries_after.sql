-- Entries of all lists, from one id on.
-- in:    $after STRING, $limit INTEGER 1..1000
-- out:   id STRING, watchlist_id STRING, entity_id STRING?, name STRING?, code STRING?, place STRING?, country STRING?, reference STRING?, note STRING?, active_until STRING?, created_at STRING, present_id STRING?, version INTEGER, document STRING
-- order: id; at most $limit rows
-- user:  api/watching/observations.py
SELECT
  id, watchlist_id, entity_id, name, code, place, country, reference, note, active_until, created_at, present_id,
  version, document
FROM watch_entries
WHERE id > :after
ORDER BY id
LIMIT :limit

-- Entries of one list, from one id on.
-- in:    $watchlist_id STRING, $after STRING, $limit INTEGER 1..1001
-- out:   id STRING, watchlist_id STRING, entity_id STRING?, name STRING?, code STRING?, place STRING?, country STRING?, reference STRING?, note STRING?, active_until STRING?, created_at STRING, present_id STRING?, version INTEGER, document STRING
-- order: id; at most $limit rows
-- user:  api/watching/entries.py
SELECT
  id, watchlist_id, entity_id, name, code, place, country, reference, note, active_until, created_at, present_id,
  version, document
FROM watch_entries
WHERE watchlist_id = :watchlist_id AND id > :after
ORDER BY id
LIMIT :limit

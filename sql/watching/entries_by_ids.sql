-- These entries.
-- in:    $ids LIST<STRING>
-- out:   id STRING, watchlist_id STRING, entity_id STRING?, name STRING?, code STRING?, place STRING?, country STRING?, reference STRING?, note STRING?, active_until STRING?, created_at STRING, present_id STRING?, version INTEGER, document STRING
-- order: id; all rows
-- user:  api/watching/entries.py, api/watching/observations.py
SELECT
  id, watchlist_id, entity_id, name, code, place, country, reference, note, active_until, created_at, present_id,
  version, document
FROM watch_entries
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

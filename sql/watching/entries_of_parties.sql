-- Entries that watch any of these parties, under the id they were given or the present one.
-- in:    $ids LIST<STRING>
-- out:   id STRING
-- order: id; all rows
-- user:  api/watching/observations.py
SELECT id
FROM watch_entries
WHERE entity_id IN (SELECT value FROM json_each(:ids))
UNION
SELECT id
FROM watch_entries
WHERE present_id IN (SELECT value FROM json_each(:ids))
ORDER BY id

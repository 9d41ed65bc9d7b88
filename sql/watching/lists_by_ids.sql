-- These watch lists.
-- in:    $ids LIST<STRING>
-- out:   id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
-- order: id; all rows
-- user:  api/watching/observations.py
SELECT
  id, owner, name, note, active_until, created_at
FROM watchlists
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

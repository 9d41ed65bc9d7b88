-- One watch list, or nothing.
-- in:    $id STRING
-- out:   id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
-- order: none; at most 1 row
-- user:  api/watching/lists.py
SELECT
  id, owner, name, note, active_until, created_at
FROM watchlists
WHERE id = :id
ORDER BY id

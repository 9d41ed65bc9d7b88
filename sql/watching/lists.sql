-- Watch lists of one owner, or of all ('').
-- in:    $owner STRING, $after STRING, $limit INTEGER 1..1001
-- out:   id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
-- order: id; at most $limit rows
-- user:  api/watching/lists.py
SELECT
  id, owner, name, note, active_until, created_at
FROM watchlists
WHERE (:owner = '' OR owner = :owner) AND id > :after
ORDER BY id
LIMIT :limit

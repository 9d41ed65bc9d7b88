-- Subscriptions of one owner, or of all ('').
-- in:    $owner STRING, $after STRING, $limit INTEGER 1..1001
-- out:   id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
-- order: id; at most $limit rows
-- user:  api/watching/webhooks.py
SELECT
  id, owner, url, kinds, watchlist_id, salt, former_salt, former_until, created_at
FROM webhooks
WHERE (:owner = '' OR owner = :owner) AND id > :after
ORDER BY id
LIMIT :limit

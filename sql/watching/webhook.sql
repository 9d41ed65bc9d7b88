-- One subscription, or nothing.
-- in:    $id STRING
-- out:   id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
-- order: none; at most 1 row
-- user:  api/watching/deliveries.py, api/watching/webhooks.py
SELECT
  id, owner, url, kinds, watchlist_id, salt, former_salt, former_until, created_at
FROM webhooks
WHERE id = :id
ORDER BY id

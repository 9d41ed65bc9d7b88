-- Subscriptions to one list.
-- in:    $watchlist_id STRING
-- out:   id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
-- order: id; all rows
-- user:  api/watching/progress.py
SELECT
  id, owner, url, kinds, watchlist_id, salt, former_salt, former_until, created_at
FROM webhooks
WHERE watchlist_id = :watchlist_id
ORDER BY id

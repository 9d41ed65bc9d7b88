-- Subscriptions to events, new or changed.
-- batch: id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
-- out:   nothing
-- order: none
-- user:  api/watching/webhooks.py
INSERT INTO webhooks (
  id, owner, url, kinds, watchlist_id, salt, former_salt, former_until, created_at
) VALUES (
  :id, :owner, :url, :kinds, :watchlist_id, :salt, :former_salt, :former_until, :created_at
) ON CONFLICT (id) DO UPDATE SET
  owner = excluded.owner, url = excluded.url, kinds = excluded.kinds, watchlist_id = excluded.watchlist_id, salt =
  excluded.salt, former_salt = excluded.former_salt, former_until = excluded.former_until, created_at =
  excluded.created_at

// Subscriptions to events, new or changed.
// batch: id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
// out:   nothing
// order: none
// user:  api/watching/webhooks.py
UNWIND $rows AS row
MERGE (n:Webhook {id: row.id})
SET n = row

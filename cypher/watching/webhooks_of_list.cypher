// Subscriptions to one list.
// in:    $watchlist_id STRING
// out:   id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
// order: id; all rows
// user:  api/watching/progress.py
MATCH (n:Webhook)
WHERE n.watchlist_id = $watchlist_id
RETURN
  n.id AS id, n.owner AS owner, n.url AS url, n.kinds AS kinds, n.watchlist_id AS watchlist_id, n.salt AS salt,
  n.former_salt AS former_salt, n.former_until AS former_until, n.created_at AS created_at
ORDER BY id

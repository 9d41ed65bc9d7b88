// One subscription, or nothing.
// in:    $id STRING
// out:   id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
// order: none; at most 1 row
// user:  api/watching/deliveries.py, api/watching/webhooks.py
MATCH (n:Webhook)
WHERE n.id = $id
RETURN
  n.id AS id, n.owner AS owner, n.url AS url, n.kinds AS kinds, n.watchlist_id AS watchlist_id, n.salt AS salt,
  n.former_salt AS former_salt, n.former_until AS former_until, n.created_at AS created_at
ORDER BY id

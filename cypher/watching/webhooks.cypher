// Subscriptions of one owner, or of all ('').
// in:    $owner STRING, $after STRING, $limit INTEGER 1..1001
// out:   id STRING, owner STRING, url STRING, kinds STRING, watchlist_id STRING?, salt STRING, former_salt STRING?, former_until STRING?, created_at STRING
// order: id; at most $limit rows
// user:  api/watching/webhooks.py
MATCH (n:Webhook)
WHERE ($owner = '' OR n.owner = $owner) AND n.id > $after
RETURN
  n.id AS id, n.owner AS owner, n.url AS url, n.kinds AS kinds, n.watchlist_id AS watchlist_id, n.salt AS salt,
  n.former_salt AS former_salt, n.former_until AS former_until, n.created_at AS created_at
ORDER BY id
LIMIT $limit

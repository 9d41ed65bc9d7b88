// Watch lists of one owner, or of all ('').
// in:    $owner STRING, $after STRING, $limit INTEGER 1..1001
// out:   id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
// order: id; at most $limit rows
// user:  api/watching/lists.py
MATCH (n:Watchlist)
WHERE ($owner = '' OR n.owner = $owner) AND n.id > $after
RETURN
  n.id AS id, n.owner AS owner, n.name AS name, n.note AS note, n.active_until AS active_until, n.created_at AS
  created_at
ORDER BY id
LIMIT $limit

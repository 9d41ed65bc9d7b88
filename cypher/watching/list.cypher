// One watch list, or nothing.
// in:    $id STRING
// out:   id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
// order: none; at most 1 row
// user:  api/watching/lists.py
MATCH (n:Watchlist)
WHERE n.id = $id
RETURN
  n.id AS id, n.owner AS owner, n.name AS name, n.note AS note, n.active_until AS active_until, n.created_at AS
  created_at
ORDER BY id

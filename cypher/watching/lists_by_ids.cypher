// These watch lists.
// in:    $ids LIST<STRING>
// out:   id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
// order: id; all rows
// user:  api/watching/observations.py
MATCH (n:Watchlist)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.owner AS owner, n.name AS name, n.note AS note, n.active_until AS active_until, n.created_at AS
  created_at
ORDER BY id

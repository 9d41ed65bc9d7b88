// Ids that lead to one of these.
// in:    $ids LIST<STRING>
// out:   old_id STRING, surviving_id STRING
// order: old_id; all rows
// user:  resolution/live/rewriting.py
MATCH (n:Redirect)
WHERE n.surviving_id IN $ids
RETURN
  n.old_id AS old_id, n.surviving_id AS surviving_id
ORDER BY old_id

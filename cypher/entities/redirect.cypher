// Where an id that was joined into another leads to, or nothing.
// in:    $old_id STRING
// out:   old_id STRING, surviving_id STRING
// order: old_id; all rows
// user:  api/parties/search.py
MATCH (n:Redirect)
WHERE n.old_id = $old_id
RETURN
  n.old_id AS old_id, n.surviving_id AS surviving_id
ORDER BY old_id

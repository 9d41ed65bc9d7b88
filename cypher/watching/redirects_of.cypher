// Where these ids lead to, those that were joined into another.
// in:    $ids LIST<STRING>
// out:   old_id STRING, surviving_id STRING
// order: old_id; all rows
// user:  api/watching/state_inputs.py
MATCH (n:Redirect)
WHERE n.old_id IN $ids
RETURN n.old_id AS old_id, n.surviving_id AS surviving_id
ORDER BY old_id

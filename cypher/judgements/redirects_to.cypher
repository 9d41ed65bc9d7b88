// Ids that lead to any of these parties, because they were joined into it.
// in:    $ids LIST<STRING>
// out:   old_id STRING, surviving_id STRING
// order: old_id; all rows
// user:  api/contract/ftm_entities.py, api/reviews/histories.py
MATCH (n:Redirect)
WHERE n.surviving_id IN $ids
RETURN n.old_id AS old_id, n.surviving_id AS surviving_id
ORDER BY old_id

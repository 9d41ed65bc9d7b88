// Ids of parties behind one, in order: to go through all of them.
// in:    $after STRING, $limit INTEGER 1..20000
// out:   id STRING
// order: id; at most $limit rows
// user:  api/contract/candidates.py
MATCH (e:Entity)
WHERE e.id > $after
RETURN e.id AS id
ORDER BY id
LIMIT $limit

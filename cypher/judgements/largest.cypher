// Parties of the most records.
// in:    $limit INTEGER 1..1000
// out:   entity_id STRING, n INTEGER
// order: n DESC, entity_id; at most $limit rows
// user:  resolution/entities/chains.py
MATCH (r:Record)
WHERE r.entity_id IS NOT NULL
RETURN r.entity_id AS entity_id, count(r) AS n
ORDER BY n DESC, entity_id
LIMIT $limit

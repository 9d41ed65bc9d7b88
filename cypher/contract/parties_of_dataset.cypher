// The parties of the first records of a data set, by the beginning of its record ids: a range of the index.
// in:    $name STRING, $limit INTEGER 1..20000
// out:   record_id STRING, entity_id STRING
// order: record_id; at most $limit rows
// user:  api/contract/candidates.py
MATCH (r:Record)
WHERE r.id STARTS WITH $name + ':' AND r.entity_id IS NOT NULL
RETURN r.id AS record_id, r.entity_id AS entity_id
ORDER BY record_id
LIMIT $limit

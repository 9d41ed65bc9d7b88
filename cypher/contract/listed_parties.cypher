// Parties that any listing names, whether or not it is in force.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $limit INTEGER 1..20000
// out:   entity_id STRING
// order: entity_id; at most $limit rows
// user:  api/contract/candidates.py
MATCH (n:Listing)
MATCH (r:Record {id: n.record_id}) USING INDEX r:Record(id)
WHERE r.entity_id IS NOT NULL
RETURN DISTINCT r.entity_id AS entity_id
ORDER BY entity_id
LIMIT $limit

// The records of these parties, each with the party it was found to be of.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $ids LIST<STRING>, $limit INTEGER 1..20000
// out:   entity_id STRING, id STRING, document STRING
// order: entity_id, id; at most $limit rows
// user:  api/contract/statements.py
UNWIND $ids AS party
WITH DISTINCT party
MATCH (r:Record {entity_id: party}) USING INDEX r:Record(entity_id)
RETURN r.entity_id AS entity_id, r.id AS id, r.document AS document
ORDER BY entity_id, id
LIMIT $limit

// Parties with a score, the lowest first.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $limit INTEGER 1..1000, $skip INTEGER 0..
// out:   entity_id STRING, name STRING, kind STRING, standing STRING, value INTEGER, band STRING?
// order: value, entity_id; at most $limit rows
// user:  graph/pipeline.py
MATCH (s:Score)
WHERE s.value IS NOT NULL
MATCH (e:Entity {id: s.entity_id}) USING INDEX e:Entity(id)
RETURN s.entity_id AS entity_id, e.name AS name, s.kind AS kind, s.standing AS standing, s.value AS value, s.band AS band
ORDER BY value, entity_id
SKIP $skip LIMIT $limit

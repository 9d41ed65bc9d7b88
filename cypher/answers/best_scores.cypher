// Firms and agencies with a score and nothing on record against them, the highest first.
// in:    $limit INTEGER 1..1000
// out:   entity_id STRING, value INTEGER
// order: value descending, entity_id; at most $limit rows
// user:  api/lines.py
MATCH (s:Score)
WHERE s.value IS NOT NULL AND s.standing = 'nothing_found' AND s.kind <> 'person'
RETURN s.entity_id AS entity_id, s.value AS value
ORDER BY value DESC, entity_id
LIMIT $limit

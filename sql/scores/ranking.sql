-- Parties with a score, the lowest first.
-- in:    $limit INTEGER 1..1000, $skip INTEGER 0..
-- out:   entity_id STRING, name STRING, kind STRING, standing STRING, value INTEGER, band STRING?
-- order: value, entity_id; at most $limit rows
-- user:  graph/pipeline.py
SELECT s.entity_id, e.name, s.kind, s.standing, s.value, s.band
FROM scores AS s
JOIN entities AS e ON e.id = s.entity_id
WHERE s.value IS NOT NULL
ORDER BY s.value, s.entity_id
LIMIT :limit OFFSET :skip

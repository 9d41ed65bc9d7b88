-- Firms and agencies with a score and nothing on record against them, the highest first.
-- in:    $limit INTEGER 1..1000
-- out:   entity_id STRING, value INTEGER
-- order: value descending, entity_id; at most $limit rows
-- user:  api/lines.py
SELECT entity_id, value
FROM scores
WHERE value IS NOT NULL AND standing = 'nothing_found' AND kind <> 'person'
ORDER BY value DESC, entity_id
LIMIT :limit

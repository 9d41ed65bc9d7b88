-- Parties of the most records.
-- in:    $limit INTEGER 1..1000
-- out:   entity_id STRING, n INTEGER
-- order: n DESC, entity_id; at most $limit rows
-- user:  resolution/entities/chains.py
SELECT entity_id, count(*) AS n
FROM members
GROUP BY entity_id
ORDER BY n DESC, entity_id
LIMIT :limit

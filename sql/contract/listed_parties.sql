-- Parties that any listing names, whether or not it is in force.
-- in:    $limit INTEGER 1..20000
-- out:   entity_id STRING
-- order: entity_id; at most $limit rows
-- user:  api/contract/candidates.py
SELECT DISTINCT m.entity_id
FROM listings AS n
JOIN members AS m ON m.record_id = n.record_id
ORDER BY m.entity_id
LIMIT :limit

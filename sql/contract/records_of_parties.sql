-- The records of these parties, each with the party it was found to be of.
-- in:    $ids LIST<STRING>, $limit INTEGER 1..20000
-- out:   entity_id STRING, id STRING, document STRING
-- order: entity_id, id; at most $limit rows
-- user:  api/contract/statements.py
SELECT m.entity_id, r.id, r.document
FROM members AS m
JOIN records AS r ON r.id = m.record_id
WHERE m.entity_id IN (SELECT value FROM json_each(:ids))
ORDER BY m.entity_id, r.id
LIMIT :limit

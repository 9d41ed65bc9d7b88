-- The parties of the first records of a data set, by the beginning of its record ids: a range of the index.
-- in:    $name STRING, $limit INTEGER 1..20000
-- out:   record_id STRING, entity_id STRING
-- order: record_id; at most $limit rows
-- user:  api/contract/candidates.py
SELECT record_id, entity_id
FROM members
WHERE record_id >= :name || ':' AND record_id < :name || ';'
ORDER BY record_id
LIMIT :limit

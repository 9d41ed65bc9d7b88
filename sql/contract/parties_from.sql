-- Ids of parties behind one, in order: to go through all of them.
-- in:    $after STRING, $limit INTEGER 1..20000
-- out:   id STRING
-- order: id; at most $limit rows
-- user:  api/contract/candidates.py
SELECT id
FROM entities
WHERE id > :after
ORDER BY id
LIMIT :limit

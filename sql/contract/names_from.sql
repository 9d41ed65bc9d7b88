-- Names, sounds and codes that begin with these folded words: a range of the index, whatever the store's size.
-- in:    $folded STRING, $limit INTEGER 1..20000
-- out:   folded STRING, entity_id STRING
-- order: folded, entity_id; at most $limit rows
-- user:  api/contract/candidates.py
SELECT DISTINCT folded, entity_id
FROM entity_names
WHERE folded >= :folded AND folded < :folded || char(1114111) AND role <> 'key'
ORDER BY folded, entity_id
LIMIT :limit

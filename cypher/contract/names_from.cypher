// Names, sounds and codes that begin with these folded words: a range of the index, whatever the store's size.
// in:    $folded STRING, $limit INTEGER 1..20000
// out:   folded STRING, entity_id STRING
// order: folded, entity_id; at most $limit rows
// user:  api/contract/candidates.py
MATCH (n:Name)
WHERE n.folded STARTS WITH $folded AND n.role <> 'key'
RETURN DISTINCT n.folded AS folded, n.entity_id AS entity_id
ORDER BY folded, entity_id
LIMIT $limit

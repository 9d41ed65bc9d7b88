// Parties under each of these keys of a name (or names, or codes): index look-ups, whatever the store's size.
// in:    $keys LIST<STRING>, $limit INTEGER 1..201
// out:   folded STRING, entity_id STRING
// order: folded, entity_id; at most $limit rows a key
// user:  resolution/screening/candidates.py, api/parties/search.py
UNWIND $keys AS key
CALL (key) {
  MATCH (n:Name {folded: key})
  RETURN DISTINCT n.entity_id AS entity_id
  ORDER BY entity_id
  LIMIT $limit
}
RETURN DISTINCT key AS folded, entity_id
ORDER BY folded, entity_id

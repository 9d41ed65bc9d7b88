// The party of one record, or nothing.
// in:    $record_id STRING
// out:   entity_id STRING
// order: entity_id; at most one row
// user:  api/parties/search.py
MATCH (n:Record {id: $record_id})
WHERE n.entity_id IS NOT NULL
RETURN n.entity_id AS entity_id
ORDER BY entity_id

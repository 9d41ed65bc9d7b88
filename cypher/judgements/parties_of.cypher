// The party each of these records belongs to; a record that was not resolved, or is gone, is left out.
// in:    $ids LIST<STRING>
// out:   record_id STRING, entity_id STRING
// order: record_id; all rows
// user:  resolution/judgements/record_parties.py
MATCH (n:Record)
WHERE n.id IN $ids AND n.entity_id IS NOT NULL
RETURN n.id AS record_id, n.entity_id AS entity_id
ORDER BY record_id

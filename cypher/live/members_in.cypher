// The records of these parties.
// in:    $entity_ids LIST<STRING>
// out:   record_id STRING, entity_id STRING
// order: record_id; all rows
// user:  resolution/live/rewriting.py
MATCH (n:Record)
WHERE n.entity_id IN $entity_ids
RETURN
  n.id AS record_id, n.entity_id AS entity_id
ORDER BY record_id

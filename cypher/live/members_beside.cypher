// The records of the parties that these records belong to.
// in:    $record_ids LIST<STRING>
// out:   record_id STRING, entity_id STRING
// order: record_id; all rows
// user:  resolution/live/rewriting.py
MATCH (one:Record)
WHERE one.id IN $record_ids AND one.entity_id IS NOT NULL
WITH collect(DISTINCT one.entity_id) AS entity_ids
MATCH (n:Record)
WHERE n.entity_id IN entity_ids
RETURN
  n.id AS record_id, n.entity_id AS entity_id
ORDER BY record_id

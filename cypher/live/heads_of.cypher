// For each of these records the first record of its party that tells its kind.
// in:    $record_ids LIST<STRING>
// out:   record_id STRING, head_id STRING
// order: record_id; all rows
// user:  resolution/live/dirty.py
MATCH (m:Record)
WHERE m.id IN $record_ids AND m.entity_id IS NOT NULL
WITH m.entity_id AS entity_id, collect(m.id) AS record_ids
MATCH (o:Record)
WHERE o.entity_id = entity_id AND o.kind <> 'unknown'
WITH record_ids, min(o.id) AS head_id
UNWIND record_ids AS record_id
RETURN
  record_id, head_id
ORDER BY record_id

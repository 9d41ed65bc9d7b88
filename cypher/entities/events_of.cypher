// What happened to one party, the latest first.
// in:    $entity_id STRING
// out:   entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
// order: happened_at DESC, kind, other_id; all rows
// user:  api/reviews/histories.py
MATCH (n:Event)
WHERE n.entity_id = $entity_id
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.other_id AS other_id, n.record_ids AS record_ids,
  n.happened_at AS happened_at
ORDER BY happened_at DESC, kind, other_id

// What happened to these parties, the earliest first.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
// order: entity_id, happened_at, kind, other_id; all rows
// user:  resolution/entities/returning_ids.py, api/contract/ftm_days.py
MATCH (n:Event)
WHERE n.entity_id IN $ids
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.other_id AS other_id, n.record_ids AS record_ids,
  n.happened_at AS happened_at
ORDER BY entity_id, happened_at, kind, other_id

// The latest changes of any party.
// in:    $limit INTEGER 1..1000
// out:   entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
// order: happened_at DESC, entity_id, kind, other_id; at most $limit rows
// user:  tests/resolution/live/test_bad_input.py
MATCH (n:Event)
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.other_id AS other_id, n.record_ids AS record_ids,
  n.happened_at AS happened_at
ORDER BY happened_at DESC, entity_id, kind, other_id
LIMIT $limit

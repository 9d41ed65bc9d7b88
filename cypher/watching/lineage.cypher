// What was joined into these parties, and what was parted from them.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, kind STRING, other_id STRING, happened_at STRING
// order: entity_id, kind, other_id, happened_at; all rows
// user:  api/watching/state_inputs.py
CALL () {
  MATCH (n:Event)
  WHERE n.entity_id IN $ids AND n.kind IN ['merged', 'led'] AND n.other_id IS NOT NULL
  RETURN n.entity_id AS entity_id, n.kind AS kind, n.other_id AS other_id, n.happened_at AS happened_at
  UNION
  MATCH (n:Event)
  WHERE n.other_id IN $ids AND n.kind IN ['split', 'returned']
  RETURN n.other_id AS entity_id, n.kind AS kind, n.entity_id AS other_id, n.happened_at AS happened_at
}
RETURN entity_id, kind, other_id, happened_at
ORDER BY entity_id, kind, other_id, happened_at

// The score of one party, or nothing.
// in:    $entity_id STRING
// out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
// order: entity_id; all rows
// user:  graph/pipeline.py
MATCH (n:Score)
WHERE n.entity_id = $entity_id
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.as_of AS as_of, n.rulebook AS rulebook, n.standing AS standing,
  n.value AS value, n.state AS state, n.band AS band, n.document AS document
ORDER BY entity_id

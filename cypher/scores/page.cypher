// A page of scores of firms and agencies after one id ('' starts), without their documents; persons are scored at the look alone.
// in:    $after STRING, $limit INTEGER 1..10001
// out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?
// order: entity_id; at most $limit rows
// user:  api/parties/exports.py
MATCH (n:Score)
WHERE n.entity_id > $after AND n.kind IN ['firm', 'agency']
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.as_of AS as_of, n.rulebook AS rulebook, n.standing AS standing,
  n.value AS value, n.state AS state, n.band AS band
ORDER BY entity_id
LIMIT $limit

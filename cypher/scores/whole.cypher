// Scores with their documents, a page at a time: together they are too long for one answer.
// in:    $after STRING, $limit INTEGER 1..100000
// out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
// order: entity_id; at most $limit rows
// user:  graph/diff_writes.py
// columns: bulk, for Store.columns
MATCH (n:Score)
WHERE n.entity_id > $after
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.as_of AS as_of, n.rulebook AS rulebook, n.standing AS standing,
  n.value AS value, n.state AS state, n.band AS band, n.document AS document
ORDER BY entity_id
LIMIT $limit

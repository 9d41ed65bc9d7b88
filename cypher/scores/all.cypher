// Every score without its document.
// in:    nothing
// out:   entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?
// order: entity_id; all rows
// user:  graph/drift.py
// columns: bulk, for Store.columns
MATCH (n:Score)
RETURN
  n.entity_id AS entity_id, n.kind AS kind, n.as_of AS as_of, n.rulebook AS rulebook, n.standing AS standing,
  n.value AS value, n.state AS state, n.band AS band
ORDER BY entity_id

// Every signal.
// in:    nothing
// out:   entity_id STRING, name STRING, value FLOAT, own FLOAT, exposure FLOAT
// order: entity_id, name; all rows
// user:  graph/diff_writes.py, graph/drift.py, api/context/kept_answers.py
// columns: bulk, for Store.columns
MATCH (n:Signal)
RETURN
  n.entity_id AS entity_id, n.name AS name, n.value AS value, n.own AS own, n.exposure AS exposure
ORDER BY entity_id, name

// Every party as a node of the network.
// in:    nothing
// out:   id STRING, kind STRING, name STRING, document STRING
// order: id; all rows
// user:  graph/network/facts.py
// columns: bulk, for Store.columns
MATCH (n:Entity)
RETURN
  n.id AS id, n.kind AS kind, n.name AS name, n.document AS document
ORDER BY id

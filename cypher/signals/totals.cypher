// What arrived at each party since the totals were last cleared.
// in:    nothing
// out:   id STRING, total FLOAT
// order: id; all rows
// user:  graph/signals/in_store_propagation.py
// columns: bulk, for Store.columns
MATCH (n:Carrier) WHERE n.total IS NOT NULL
RETURN n.id AS id, n.total AS total
ORDER BY id

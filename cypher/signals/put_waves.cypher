// Begin at these parties: the first wave of a run.
// batch: id STRING, value FLOAT
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
UNWIND $rows AS row
MATCH (n:Carrier {id: row.id})
SET n.wave = row.value, n.total = coalesce(n.total, 0.0) + row.value

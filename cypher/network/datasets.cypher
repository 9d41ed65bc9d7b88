// Every dataset that describes parties, with the class of its source.
// in:    nothing
// out:   dataset STRING, source_class STRING
// order: dataset, source_class; all rows
// user:  graph/network/facts.py
// columns: bulk, for Store.columns
MATCH (r:Record)
RETURN DISTINCT r.dataset AS dataset, r.source_class AS source_class
ORDER BY dataset, source_class

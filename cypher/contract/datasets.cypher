// The data sets that records of parties come from.
// in:    nothing
// out:   dataset STRING
// order: dataset; all rows
// user:  api/contract/datasets.py
MATCH (r:Record)
WHERE r.entity_id IS NOT NULL
RETURN DISTINCT r.dataset AS dataset
ORDER BY dataset

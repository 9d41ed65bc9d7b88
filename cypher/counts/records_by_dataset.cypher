// Records a dataset.
// in:    nothing
// out:   dataset STRING, n INTEGER
// order: dataset; all rows
// user:  api/cli
MATCH (r:Record)
RETURN r.dataset AS dataset, count(r) AS n
ORDER BY dataset

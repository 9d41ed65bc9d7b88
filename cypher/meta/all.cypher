// Every fact about the store.
// in:    nothing
// out:   key STRING, value STRING
// order: key; all rows
// user:  resolution/pipeline.py, graph/pipeline.py
MATCH (n:Meta)
RETURN
  n.key AS key, n.value AS value
ORDER BY key

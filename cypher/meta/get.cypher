// One fact about the store, or nothing.
// in:    $key STRING
// out:   key STRING, value STRING
// order: key; all rows
// user:  resolution/pipeline.py, graph/pipeline.py
MATCH (n:Meta)
WHERE n.key = $key
RETURN
  n.key AS key, n.value AS value
ORDER BY key

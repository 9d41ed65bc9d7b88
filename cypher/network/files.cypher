// Which bytes each dataset was loaded from: files of the same bytes are one source, whatever they are called.
// in:    nothing
// out:   dataset STRING, content_id STRING
// order: dataset, content_id; all rows
// user:  graph/network/facts.py, api/parties/profiles.py
// columns: bulk, for Store.columns
MATCH (n:File)
WHERE n.complete
RETURN DISTINCT n.dataset AS dataset, n.content_id AS content_id
ORDER BY dataset, content_id

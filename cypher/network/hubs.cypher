// Every shared value.
// in:    nothing
// out:   id STRING, kind STRING, value STRING, n INTEGER
// order: id; all rows
// user:  graph/diff_writes.py
// columns: bulk, for Store.columns
MATCH (n:Hub)
RETURN
  n.id AS id, n.kind AS kind, n.value AS value, n.n AS n
ORDER BY id

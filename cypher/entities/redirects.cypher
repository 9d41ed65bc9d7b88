// Every id that was joined into another.
// in:    nothing
// out:   old_id STRING, surviving_id STRING
// order: old_id; all rows
// user:  resolution/pipeline.py
// columns: bulk, for Store.columns
MATCH (n:Redirect)
RETURN
  n.old_id AS old_id, n.surviving_id AS surviving_id
ORDER BY old_id

// Remove values that are shared no longer; the ties to them are gone before.
// batch: id STRING
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MATCH (n:Node {id: row.id}) USING INDEX n:Node(id)
WHERE n:Hub
DETACH DELETE n

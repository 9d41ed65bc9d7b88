// Remove ties that no longer hold.
// batch: id STRING, source_id STRING, target_id STRING
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MATCH (s:Node {id: row.source_id}) USING INDEX s:Node(id)
MATCH (t:Node {id: row.target_id}) USING INDEX t:Node(id)
MATCH (s)-[tie]->(t)
WHERE tie.id = row.id
DELETE tie

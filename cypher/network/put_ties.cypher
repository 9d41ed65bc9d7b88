// Ties between parties, or from a party to a hub; both ends must have been put, and no id may come twice.
// A tie put again is made anew. Its ends are found by named indexes: planned on an empty store, all ties would be scanned for every row.
// batch: id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MATCH (s:Node {id: row.source_id}) USING INDEX s:Node(id)
MATCH (t:Node {id: row.target_id}) USING INDEX t:Node(id)
MATCH (s)-[former]->(t)
WHERE former.id = row.id
DELETE former;
UNWIND $rows AS row
MATCH (s:Node {id: row.source_id})
MATCH (t:Node {id: row.target_id})
CREATE (s)-[tie:$(row.kind)]->(t)
SET tie = row;

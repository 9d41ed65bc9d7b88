// Ties between parties, or from a party to a hub; both ends must have been put.
// batch: id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
// out:   nothing
// order: none
// user:  graph/pipeline.py
UNWIND $rows AS row
MATCH (s:Node {id: row.source_id})
MATCH (t:Node {id: row.target_id})
MERGE (s)-[tie:$(row.kind) {id: row.id}]->(t)
SET tie = row

// Of these records of firms and agencies those they own, direct, represent, control or are a branch of, as sources link them.
// in:    $record_ids LIST<STRING>
// out:   record_id STRING, other_id STRING
// order: record_id, other_id; all rows
// user:  resolution/live/dirty.py
UNWIND $record_ids AS asked
MATCH (n:Link {source_id: asked})
WHERE n.kind IN ['OWNS', 'DIRECTS', 'REPRESENTS', 'CONTROLS', 'BRANCH_OF']
MATCH (r:Record {id: n.source_id})
WHERE r.kind <> 'person'
RETURN DISTINCT
  n.source_id AS record_id, n.target_id AS other_id
ORDER BY record_id, other_id

// Records of firms and agencies with the records they own, direct, represent, control or are a branch of, as sources link them.
// in:    nothing
// out:   record_id STRING, other_id STRING
// order: record_id, other_id; all rows
// user:  resolution/pipeline.py
// columns: bulk, for Store.columns
MATCH (n:Link)
WHERE n.kind IN ['OWNS', 'DIRECTS', 'REPRESENTS', 'CONTROLS', 'BRANCH_OF']
MATCH (r:Record {id: n.source_id}) USING INDEX r:Record(id)
WHERE r.kind <> 'person'
RETURN DISTINCT
  n.source_id AS record_id, n.target_id AS other_id
ORDER BY record_id, other_id

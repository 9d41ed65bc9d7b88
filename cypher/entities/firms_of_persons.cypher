// Records of persons, and of unknown kind, beside the records of firms and agencies they own, direct or represent, as sources link them.
// in:    nothing
// out:   person_id STRING, firm_id STRING
// order: person_id, firm_id; all rows
// user:  resolution/pipeline.py
// columns: bulk, for Store.columns
MATCH (n:Link)
WHERE n.kind IN ['OWNS', 'DIRECTS', 'REPRESENTS']
MATCH (p:Record {id: n.source_id}) USING INDEX p:Record(id)
MATCH (f:Record {id: n.target_id}) USING INDEX f:Record(id)
WHERE p.kind IN ['person', 'unknown'] AND f.kind IN ['firm', 'agency']
RETURN DISTINCT
  n.source_id AS person_id, n.target_id AS firm_id
ORDER BY person_id, firm_id

// Records of firms and agencies that these records of persons, or of unknown kind, stand beside, as sources link them.
// in:    $person_ids LIST<STRING>
// out:   person_id STRING, firm_id STRING
// order: person_id, firm_id; all rows
// user:  resolution/live/dirty.py
UNWIND $person_ids AS asked
MATCH (n:Link {source_id: asked})
WHERE n.kind IN ['OWNS', 'DIRECTS', 'REPRESENTS']
MATCH (p:Record {id: n.source_id})
MATCH (f:Record {id: n.target_id})
WHERE p.kind IN ['person', 'unknown'] AND f.kind IN ['firm', 'agency']
RETURN DISTINCT
  n.source_id AS person_id, n.target_id AS firm_id
ORDER BY person_id, firm_id

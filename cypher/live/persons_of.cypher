// Records of persons, and of unknown kind, that stand beside these records of firms and agencies, as sources link them.
// in:    $firm_ids LIST<STRING>
// out:   person_id STRING
// order: person_id; all rows
// user:  resolution/live/changes.py
UNWIND $firm_ids AS asked
MATCH (n:Link {target_id: asked})
WHERE n.kind IN ['OWNS', 'DIRECTS', 'REPRESENTS']
MATCH (p:Record {id: n.source_id})
WHERE p.kind IN ['person', 'unknown']
RETURN DISTINCT
  n.source_id AS person_id
ORDER BY person_id

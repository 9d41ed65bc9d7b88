// Ties of some kinds that lead to these parties: who owns, controls, directs or represents them.
// in:    $ids LIST<STRING>, $kinds LIST<STRING>
// out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, role STRING?, began_on STRING?, ended_on STRING?
// order: target_id, id; all rows
// user:  api/watching/state_inputs.py
MATCH (e:Node) WHERE e.id IN $ids
MATCH (e)<-[n]-(:Node)
WHERE n.kind IN $kinds
RETURN
  n.id AS id, n.kind AS kind, n.source_id AS source_id, n.target_id AS target_id, n.share AS share, n.role AS role,
  n.began_on AS began_on, n.ended_on AS ended_on
ORDER BY target_id, id

// Ties that begin at any of these parties: over all parties, each tie once.
// in:    $ids LIST<STRING>
// out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
// order: source_id, id; all rows
// user:  api/contract/ftm_export.py, api/parties/exports.py
MATCH (e:Node) WHERE e.id IN $ids
MATCH (e)-[n]-(:Node)
WHERE n.source_id = e.id
WITH DISTINCT n
RETURN
  n.id AS id, n.kind AS kind, n.source_id AS source_id, n.target_id AS target_id, n.share AS share,
  n.amount AS amount, n.currency AS currency, n.verified AS verified, n.role AS role, n.began_on AS began_on,
  n.ended_on AS ended_on, n.link_ids AS link_ids, n.flags AS flags
ORDER BY source_id, id

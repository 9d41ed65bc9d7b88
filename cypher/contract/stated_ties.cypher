// Ties between two parties with an end among these, but for kinds that nobody states.
// in:    $ids LIST<STRING>, $not_stated LIST<STRING>, $limit INTEGER 1..10000
// out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
// order: id; at most $limit rows
// user:  api/contract/ftm_edges.py
MATCH (e:Node) WHERE e.id IN $ids
MATCH (e)-[n]-(:Entity)
WHERE NOT n.kind IN $not_stated
WITH DISTINCT n
RETURN
  n.id AS id, n.kind AS kind, n.source_id AS source_id, n.target_id AS target_id, n.share AS share,
  n.amount AS amount, n.currency AS currency, n.verified AS verified, n.role AS role, n.began_on AS began_on,
  n.ended_on AS ended_on, n.link_ids AS link_ids, n.flags AS flags
ORDER BY id
LIMIT $limit

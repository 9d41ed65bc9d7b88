// Every tie.
// in:    nothing
// out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
// order: id; all rows
// user:  graph/diff_writes.py
// columns: bulk, for Store.columns
MATCH (:Node)-[n]->(:Node)
RETURN
  n.id AS id, n.kind AS kind, n.source_id AS source_id, n.target_id AS target_id, n.share AS share,
  n.amount AS amount, n.currency AS currency, n.verified AS verified, n.role AS role, n.began_on AS began_on,
  n.ended_on AS ended_on, n.link_ids AS link_ids, n.flags AS flags
ORDER BY id

// These links, as stated.
// in:    $ids LIST<STRING>
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, role STRING?, indirect BOOLEAN, verified BOOLEAN, began_on STRING?, ended_on STRING?, fact_key STRING?
// order: id; all rows
// user:  resolution/sources/shared_statements.py, api/contract/ftm_entities.py, api/parties/ties.py
MATCH (n:Link)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.kind AS kind, n.source_id AS source_id, n.target_id AS target_id,
  n.share AS share, n.amount AS amount, n.currency AS currency, n.role AS role, coalesce(n.indirect, false) AS indirect,
  n.verified AS verified,
  n.began_on AS began_on, n.ended_on AS ended_on, n.fact_key AS fact_key
ORDER BY id

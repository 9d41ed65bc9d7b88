// These recognitions, as stated.
// in:    $ids LIST<STRING>
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
// order: id; all rows
// user:  resolution/sources/shared_statements.py
MATCH (n:Recognition)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.mark AS mark, n.record_id AS record_id, n.issuer AS issuer,
  n.given_on AS given_on, n.ends_on AS ends_on, n.reference AS reference, n.amount AS amount,
  n.currency AS currency
ORDER BY id

// These experiences, as stated.
// in:    $ids LIST<STRING>
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
// order: id; all rows
// user:  resolution/sources/shared_statements.py
MATCH (n:Experience)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.reporter_id AS reporter_id, n.subject_id AS subject_id, n.dealing AS dealing,
  n.outcome AS outcome, n.rating AS rating, n.amount AS amount, n.currency AS currency,
  n.happened_on AS happened_on, n.fact_key AS fact_key, n.disputed AS disputed
ORDER BY id

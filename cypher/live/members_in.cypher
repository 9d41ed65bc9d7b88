// The records of these parties.
// in:    $entity_ids LIST<STRING>
// out:   record_id STRING, entity_id STRING
// order: record_id; all rows
// user:  resolution/entities/chains.py, resolution/match_explanations/pair_explanations.py, resolution/match_explanations/steps.py, api/reviews/match_explanations.py
MATCH (n:Record)
WHERE n.entity_id IN $entity_ids
RETURN
  n.id AS record_id, n.entity_id AS entity_id
ORDER BY record_id

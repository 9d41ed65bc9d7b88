// Which party each of these records belongs to.
// in:    $record_ids LIST<STRING>
// out:   record_id STRING, entity_id STRING
// order: record_id; all rows
// user:  resolution/match_explanations/obstacles.py, resolution/match_explanations/pair_explanations.py, resolution/screening/candidates.py, api/parties/contact_search.py, api/reviews/match_explanations.py
MATCH (n:Record)
WHERE n.id IN $record_ids AND n.entity_id IS NOT NULL
RETURN
  n.id AS record_id, n.entity_id AS entity_id
ORDER BY record_id

-- Which party each of these records belongs to.
-- in:    $record_ids LIST<STRING>
-- out:   record_id STRING, entity_id STRING
-- order: record_id; all rows
-- user:  resolution/match_explanations/obstacles.py, resolution/match_explanations/pair_explanations.py, resolution/screening/candidates.py, api/parties/contact_search.py, api/reviews/match_explanations.py
SELECT
  record_id, entity_id
FROM members
WHERE record_id IN (SELECT value FROM json_each(:record_ids))
ORDER BY record_id

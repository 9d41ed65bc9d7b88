-- The records of these parties.
-- in:    $entity_ids LIST<STRING>
-- out:   record_id STRING, entity_id STRING
-- order: record_id; all rows
-- user:  resolution/entities/chains.py, resolution/match_explanations/pair_explanations.py, resolution/match_explanations/steps.py, api/reviews/match_explanations.py
SELECT
  record_id, entity_id
FROM members
WHERE entity_id IN (SELECT value FROM json_each(:entity_ids))
ORDER BY record_id

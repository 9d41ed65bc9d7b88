-- Ids that lead to any of these parties, because they were joined into it.
-- in:    $ids LIST<STRING>
-- out:   old_id STRING, surviving_id STRING
-- order: old_id; all rows
-- user:  api/contract/ftm_entities.py, api/reviews/histories.py
SELECT old_id, surviving_id
FROM redirects
WHERE surviving_id IN (SELECT value FROM json_each(:ids))
ORDER BY old_id

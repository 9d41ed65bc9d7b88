-- Where these ids lead to, those that were joined into another.
-- in:    $ids LIST<STRING>
-- out:   old_id STRING, surviving_id STRING
-- order: old_id; all rows
-- user:  api/watching/state_inputs.py
SELECT old_id, surviving_id
FROM redirects
WHERE old_id IN (SELECT value FROM json_each(:ids))
ORDER BY old_id

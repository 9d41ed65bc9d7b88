-- Ids that lead to one of these.
-- in:    $ids LIST<STRING>
-- out:   old_id STRING, surviving_id STRING
-- order: old_id; all rows
-- user:  resolution/live/rewriting.py
SELECT
  old_id, surviving_id
FROM redirects
WHERE surviving_id IN (SELECT value FROM json_each(:ids))
ORDER BY old_id

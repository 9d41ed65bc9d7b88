-- Where an id that was joined into another leads to, or nothing.
-- in:    $old_id STRING
-- out:   old_id STRING, surviving_id STRING
-- order: old_id; all rows
-- user:  api/parties/search.py
SELECT
  old_id, surviving_id
FROM redirects
WHERE old_id = :old_id
ORDER BY old_id

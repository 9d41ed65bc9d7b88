-- These shared values.
-- in:    $ids LIST<STRING>
-- out:   id STRING, kind STRING, value STRING, n INTEGER
-- order: id; all rows
-- user:  api/context/kept_answers.py
SELECT
  id, kind, value, n
FROM hubs
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

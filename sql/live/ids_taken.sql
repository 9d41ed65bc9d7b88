-- Which of these ids are in use, or were and lead to another.
-- in:    $ids LIST<STRING>
-- out:   id STRING
-- order: id; all rows
-- user:  resolution/live/rewriting.py
SELECT id
FROM entities
WHERE id IN (SELECT value FROM json_each(:ids))
UNION
SELECT old_id AS id
FROM redirects
WHERE old_id IN (SELECT value FROM json_each(:ids))
ORDER BY id

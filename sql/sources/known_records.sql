-- Which of these record ids the store holds.
-- in:    $ids LIST<STRING>
-- out:   id STRING
-- order: id; all rows
-- user:  resolution/sources/ingest.py
SELECT id
FROM records
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

-- Ids of one table under which each file's own words are kept.
-- in:    $kind STRING
-- out:   id STRING
-- order: id; all rows
-- user:  resolution/sources/repairs.py
SELECT DISTINCT id
FROM file_statements
WHERE kind = :kind
ORDER BY id

-- Statements of one file that other files tell as well.
-- in:    $file_id STRING
-- out:   kind STRING, id STRING
-- order: kind, id; all rows
-- user:  resolution/sources/shared_statements.py
SELECT
  kind, id
FROM file_statements
WHERE file_id = :file_id
ORDER BY kind, id

-- What each file says under these ids, where several files tell them.
-- in:    $kind STRING, $ids LIST<STRING>
-- out:   id STRING, file_id STRING, row_id STRING, document STRING
-- order: id, file_id; all rows
-- user:  resolution/sources/shared_statements.py, api/parties/source_rows.py
SELECT
  id, file_id, row_id, document
FROM file_statements
WHERE kind = :kind AND id IN (SELECT value FROM json_each(:ids))
ORDER BY id, file_id

-- These records.
-- in:    $ids LIST<STRING>
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, kind STRING, document STRING
-- order: id; all rows
-- user:  resolution/pipeline.py
SELECT
  id, dataset, source_class, row_id, kind, document
FROM records
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

-- These records, as the documents that hold them.
-- in:    $ids LIST<STRING>
-- out:   id STRING, document STRING
-- order: id; all rows
-- user:  resolution/entities/chains.py, resolution/entity_writes.py
-- columns: bulk, for Store.columns
SELECT
  id, document
FROM records
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

-- A page of parties after one id ('' starts).
-- in:    $after STRING, $limit INTEGER 1..10001
-- out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
-- order: id; at most $limit rows
-- user:  api/contract/ftm_export.py, api/parties/exports.py
SELECT
  id, kind, name, name_other, place, document
FROM entities
WHERE id > :after
ORDER BY id
LIMIT :limit

-- A page of records after one id ('' starts), as the documents that hold them.
-- in:    $after STRING, $limit INTEGER 1..100000
-- out:   id STRING, kind STRING, document STRING
-- order: id; at most $limit rows
-- user:  resolution/aliases/alias_proposals.py, resolution/pipeline.py
-- columns: bulk, for Store.columns
SELECT
  id, kind, document
FROM records
WHERE id > :after
ORDER BY id
LIMIT :limit

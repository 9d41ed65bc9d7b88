-- Every record, to be resolved.
-- in:    nothing
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, kind STRING, document STRING
-- order: id; all rows
-- user:  api/runs/key_rotation.py
-- columns: bulk, for Store.columns
SELECT
  id, dataset, source_class, row_id, kind, document
FROM records
ORDER BY id

-- Every file, the latest first.
-- in:    nothing
-- out:   id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, complete BOOLEAN
-- order: loaded_at DESC, id; all rows
-- user:  resolution/sources/ingest.py
SELECT
  id, name, dataset, mapping, mapping_version, rows_read, rows_rejected, loaded_at, complete
FROM files
ORDER BY loaded_at DESC, id

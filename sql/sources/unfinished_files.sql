-- Files whose load was cut off: their statements are to be removed.
-- in:    nothing
-- out:   id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, complete BOOLEAN
-- order: id; all rows
-- user:  resolution/sources/ingest.py
SELECT
  id, name, dataset, mapping, mapping_version, rows_read, rows_rejected, loaded_at, complete
FROM files
WHERE NOT complete
ORDER BY id

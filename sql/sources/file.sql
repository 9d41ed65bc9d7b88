-- One file, or nothing.
-- in:    $id STRING
-- out:   id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, content_id STRING, loaded_change INTEGER, mapping_hash STRING, listings INTEGER, pack STRING, publisher STRING, licence STRING, state INTEGER, complete BOOLEAN
-- order: id; all rows
-- user:  resolution/sources/earlier_loads.py, resolution/sources/loads.py, resolution/sources/shared_statements.py
SELECT
  id, name, dataset, mapping, mapping_version, rows_read, rows_rejected, loaded_at,
  content_id, loaded_change, mapping_hash, listings, pack, publisher, licence, state, complete
FROM files
WHERE id = :id
ORDER BY id

-- Every file, the latest first.
-- in:    nothing
-- out:   id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, content_id STRING, loaded_change INTEGER, mapping_hash STRING, listings INTEGER, pack STRING, publisher STRING, licence STRING, state INTEGER, complete BOOLEAN
-- order: loaded_at DESC, id; all rows
-- user:  store/freshness.py, resolution/sources/earlier_loads.py, resolution/sources/unloading.py, api/context/freshness.py, api/parties/source_rows.py, api/parties/source_states.py, api/runs/key_rotation.py, api/runs/source_control.py, api/runs/updates.py
SELECT
  id, name, dataset, mapping, mapping_version, rows_read, rows_rejected, loaded_at,
  content_id, loaded_change, mapping_hash, listings, pack, publisher, licence, state, complete
FROM files
ORDER BY loaded_at DESC, id

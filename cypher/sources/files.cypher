// Every file, the latest first.
// in:    nothing
// out:   id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, content_id STRING, loaded_change INTEGER, mapping_hash STRING, listings INTEGER, pack STRING, publisher STRING, licence STRING, state INTEGER, complete BOOLEAN
// order: loaded_at DESC, id; all rows
// user:  store/freshness.py, resolution/sources/earlier_loads.py, resolution/sources/unloading.py, api/context/freshness.py, api/parties/source_rows.py, api/parties/source_states.py, api/runs/key_rotation.py, api/runs/source_control.py, api/runs/updates.py
MATCH (n:File)
RETURN
  n.id AS id, n.name AS name, n.dataset AS dataset, n.mapping AS mapping, n.mapping_version AS mapping_version,
  n.rows_read AS rows_read, n.rows_rejected AS rows_rejected, n.loaded_at AS loaded_at,
  n.content_id AS content_id, n.loaded_change AS loaded_change, n.mapping_hash AS mapping_hash, n.listings AS listings,
  n.pack AS pack, n.publisher AS publisher, n.licence AS licence, n.state AS state, n.complete AS complete
ORDER BY loaded_at DESC, id

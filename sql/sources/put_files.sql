-- Files that were, or are being, loaded; `complete` once every row is in.
-- batch: id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, content_id STRING, loaded_change INTEGER, mapping_hash STRING, listings INTEGER, pack STRING, publisher STRING, licence STRING, state INTEGER, complete BOOLEAN
-- out:   nothing
-- order: none
-- user:  resolution/sources/loads.py, resolution/sources/shared_statements.py
INSERT INTO files (
  id, name, dataset, mapping, mapping_version, rows_read, rows_rejected, loaded_at, content_id,
  loaded_change, mapping_hash, listings, pack, publisher, licence, state, complete
) VALUES (
  :id, :name, :dataset, :mapping, :mapping_version, :rows_read, :rows_rejected, :loaded_at, :content_id,
  :loaded_change, :mapping_hash, :listings, :pack, :publisher, :licence, :state, :complete
) ON CONFLICT (id) DO UPDATE SET
  name = excluded.name, dataset = excluded.dataset, mapping = excluded.mapping,
  mapping_version = excluded.mapping_version, rows_read = excluded.rows_read,
  rows_rejected = excluded.rows_rejected, loaded_at = excluded.loaded_at,
  content_id = excluded.content_id, loaded_change = excluded.loaded_change,
  mapping_hash = excluded.mapping_hash, listings = excluded.listings, pack = excluded.pack,
  publisher = excluded.publisher, licence = excluded.licence, state = excluded.state, complete = excluded.complete

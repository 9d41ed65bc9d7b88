// Files that were, or are being, loaded; `complete` once every row is in.
// batch: id STRING, name STRING, dataset STRING, mapping STRING, mapping_version STRING, rows_read INTEGER, rows_rejected INTEGER, loaded_at STRING, content_id STRING, loaded_change INTEGER, mapping_hash STRING, listings INTEGER, pack STRING, publisher STRING, licence STRING, state INTEGER, complete BOOLEAN
// out:   nothing
// order: none
// user:  resolution/sources/loads.py, resolution/sources/shared_statements.py
UNWIND $rows AS row
MERGE (n:File {id: row.id})
SET n = row

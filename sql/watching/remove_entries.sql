-- Remove entries of watch lists; their events stay until they are forgotten.
-- batch: id STRING
-- out:   nothing
-- order: none
-- user:  api/watching/entries.py
DELETE FROM watch_entries WHERE id = :id

-- Remove values that are shared no longer; the ties to them are gone before.
-- batch: id STRING
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
DELETE FROM hubs WHERE id = :id

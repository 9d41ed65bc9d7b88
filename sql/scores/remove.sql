-- Forget the scores of these parties.
-- batch: entity_id STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/rewriting.py, graph/diff_writes.py
DELETE FROM scores WHERE entity_id = :entity_id

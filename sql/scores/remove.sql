-- Forget the scores of these parties.
-- batch: entity_id STRING
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
DELETE FROM scores WHERE entity_id = :entity_id

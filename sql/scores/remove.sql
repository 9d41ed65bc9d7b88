-- Forget the scores of these parties.
-- batch: entity_id STRING
-- out:   nothing
-- order: none
-- user:  graph/renewing.py
DELETE FROM scores WHERE entity_id = :entity_id

-- Forget these numbers: there is nothing to tell any more.
-- batch: entity_id STRING, name STRING
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
DELETE FROM signals WHERE entity_id = :entity_id AND name = :name

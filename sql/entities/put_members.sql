-- Which record belongs to which party; a record that moves leaves its former party.
-- batch: record_id STRING, entity_id STRING
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
INSERT INTO members (
  record_id, entity_id
) VALUES (
  :record_id, :entity_id
) ON CONFLICT (record_id) DO UPDATE SET
  entity_id = excluded.entity_id

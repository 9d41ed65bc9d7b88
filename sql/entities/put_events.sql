-- What changed between two runs.
-- batch: entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
INSERT INTO events (
  id, entity_id, kind, other_id, record_ids, happened_at
) VALUES (
  :entity_id || '|' || :kind || '|' || coalesce(:other_id, '') || '|' || :happened_at, :entity_id, :kind,
  :other_id, :record_ids, :happened_at
) ON CONFLICT (id) DO UPDATE SET
  entity_id = excluded.entity_id, kind = excluded.kind, other_id = excluded.other_id,
  record_ids = excluded.record_ids, happened_at = excluded.happened_at

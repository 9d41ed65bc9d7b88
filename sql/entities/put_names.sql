-- Names to search by; `folded` is folded the same way as the words searched for.
-- batch: entity_id STRING, folded STRING, shown STRING, role STRING
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
INSERT INTO entity_names (
  entity_id, folded, shown, role
) VALUES (
  :entity_id, :folded, :shown, :role
) ON CONFLICT (entity_id, shown) DO UPDATE SET
  folded = excluded.folded, role = excluded.role

-- Ids that were joined into an older one.
-- batch: old_id STRING, surviving_id STRING
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
INSERT INTO redirects (
  old_id, surviving_id
) VALUES (
  :old_id, :surviving_id
) ON CONFLICT (old_id) DO UPDATE SET
  surviving_id = excluded.surviving_id

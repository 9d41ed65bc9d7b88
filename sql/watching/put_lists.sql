-- Watch lists, new or changed.
-- batch: id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
-- out:   nothing
-- order: none
-- user:  api/watching/lists.py
INSERT INTO watchlists (
  id, owner, name, note, active_until, created_at
) VALUES (
  :id, :owner, :name, :note, :active_until, :created_at
) ON CONFLICT (id) DO UPDATE SET
  owner = excluded.owner, name = excluded.name, note = excluded.note, active_until = excluded.active_until, created_at =
  excluded.created_at

-- What a state of a source brought, changed or no longer states; `before` is the row as it stood until then.
-- batch: file_id STRING, state INTEGER, kind STRING, id STRING, change STRING, before STRING?
-- out:   nothing
-- order: none
-- user:  resolution/sources/states.py
INSERT INTO source_changes (file_id, state, kind, id, change, before)
VALUES (:file_id, :state, :kind, :id, :change, :before)
ON CONFLICT (file_id, state, kind, id) DO UPDATE SET change = excluded.change, before = excluded.before

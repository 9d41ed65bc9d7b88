-- Forget everything live resolution looks up; a full run writes it anew.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  resolution/live/snapshot.py
DELETE FROM live_blocks;
DELETE FROM live_changes;
DELETE FROM live_records;
DELETE FROM live_queue;

-- What was put on a shelf or taken from it since its blocks were packed.
-- batch: shelf STRING, key INTEGER, value INTEGER, held BOOLEAN
-- out:   nothing
-- order: none
-- user:  resolution/live/postings.py
INSERT INTO live_changes (
  shelf, key, value, held
) VALUES (
  :shelf, :key, :value, :held
) ON CONFLICT (shelf, key, value) DO UPDATE SET
  held = excluded.held

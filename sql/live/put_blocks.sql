-- Blocks of what live resolution looks up: many entries each, packed; replaced by the next full run.
-- batch: shelf STRING, block INTEGER, content STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/snapshot.py
INSERT INTO live_blocks (
  shelf, block, content
) VALUES (
  :shelf, :block, :content
) ON CONFLICT (shelf, block) DO UPDATE SET
  content = excluded.content

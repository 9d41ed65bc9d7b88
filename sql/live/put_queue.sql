-- What is still to be worked off: keys that crossed their cap, records whose surroundings changed.
-- batch: kind STRING, item STRING, document STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/task_queue.py
INSERT INTO live_queue (
  kind, item, document
) VALUES (
  :kind, :item, :document
) ON CONFLICT (kind, item) DO UPDATE SET
  document = excluded.document

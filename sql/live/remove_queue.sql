-- What has been worked off.
-- batch: kind STRING, item STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/task_queue.py
DELETE FROM live_queue WHERE kind = :kind AND item = :item

-- How much is still to be worked off.
-- in:    nothing
-- out:   n INTEGER
-- order: n; one row
-- user:  resolution/live/task_queue.py
SELECT count(*) AS n
FROM live_queue
ORDER BY n

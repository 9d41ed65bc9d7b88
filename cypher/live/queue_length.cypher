// How much is still to be worked off.
// in:    nothing
// out:   n INTEGER
// order: n; one row
// user:  resolution/live/task_queue.py
MATCH (n:LiveQueued)
RETURN count(n) AS n
ORDER BY n

// What is still to be worked off: keys that crossed their cap, records whose surroundings changed.
// batch: kind STRING, item STRING, document STRING
// out:   nothing
// order: none
// user:  resolution/live/task_queue.py
UNWIND $rows AS row
MERGE (n:LiveQueued {kind: row.kind, item: row.item})
SET n = row

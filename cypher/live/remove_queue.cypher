// What has been worked off.
// batch: kind STRING, item STRING
// out:   nothing
// order: none
// user:  resolution/live/task_queue.py
UNWIND $rows AS row
MATCH (n:LiveQueued {kind: row.kind, item: row.item})
DELETE n

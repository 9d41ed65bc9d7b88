// The first of what is still to be worked off.
// in:    $limit INTEGER 1..10000
// out:   kind STRING, item STRING, document STRING
// order: kind, item; at most $limit rows
// user:  resolution/live/task_queue.py
MATCH (n:LiveQueued)
RETURN
  n.kind AS kind, n.item AS item, n.document AS document
ORDER BY kind, item
LIMIT $limit

// Which of these wait to be worked off.
// in:    $kind STRING, $items LIST<STRING>
// out:   kind STRING, item STRING, document STRING
// order: kind, item; all rows
// user:  resolution/live/task_queue.py
MATCH (n:LiveQueued)
WHERE n.kind = $kind AND n.item IN $items
RETURN
  n.kind AS kind, n.item AS item, n.document AS document
ORDER BY kind, item

-- Which of these wait to be worked off.
-- in:    $kind STRING, $items LIST<STRING>
-- out:   kind STRING, item STRING, document STRING
-- order: kind, item; all rows
-- user:  resolution/live/task_queue.py
SELECT
  kind, item, document
FROM live_queue
WHERE kind = :kind AND item IN (SELECT value FROM json_each(:items))
ORDER BY kind, item

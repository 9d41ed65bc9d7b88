-- These ties.
-- in:    $ids LIST<STRING>
-- out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
-- order: id; all rows
-- user:  graph/pipeline.py
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

-- Ties of some kinds that lead to these parties: who owns, controls, directs or represents them.
-- in:    $ids LIST<STRING>, $kinds LIST<STRING>
-- out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, role STRING?, began_on STRING?, ended_on STRING?
-- order: target_id, id; all rows
-- user:  api/watching/state_inputs.py
SELECT
  id, kind, source_id, target_id, share, role, began_on, ended_on
FROM ties
WHERE target_id IN (SELECT value FROM json_each(:ids)) AND kind IN (SELECT value FROM json_each(:kinds))
ORDER BY target_id, id

-- Ties that touch any of these parties or hubs.
-- in:    $ids LIST<STRING>, $limit INTEGER 1..10000
-- out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
-- order: id; at most $limit rows
-- user:  api/context/kept_answers.py
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
WHERE source_id IN (SELECT value FROM json_each(:ids))
UNION
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
WHERE target_id IN (SELECT value FROM json_each(:ids))
ORDER BY id
LIMIT :limit

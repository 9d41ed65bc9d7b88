-- Ties between two parties with an end among these, but for kinds that nobody states.
-- in:    $ids LIST<STRING>, $not_stated LIST<STRING>, $limit INTEGER 1..10000
-- out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
-- order: id; at most $limit rows
-- user:  api/contract/ftm_edges.py
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
WHERE source_id IN (SELECT value FROM json_each(:ids))
  AND kind NOT IN (SELECT value FROM json_each(:not_stated)) AND substr(target_id, 1, 4) <> 'hub:'
UNION
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
WHERE target_id IN (SELECT value FROM json_each(:ids))
  AND kind NOT IN (SELECT value FROM json_each(:not_stated)) AND substr(target_id, 1, 4) <> 'hub:'
ORDER BY id
LIMIT :limit

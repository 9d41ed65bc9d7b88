-- What is carried to these parties in one hop, over a tie or a shared value.
-- in:    $profile STRING, $ids LIST<STRING>, $limit INTEGER 1..1000000
-- out:   receiver_id STRING, sender_id STRING, hub_id STRING?, coefficient FLOAT
-- order: receiver_id, sender_id, hub_id (the tie first); at most $limit rows
-- user:  graph/signals/reaches.py
SELECT receiver_id, sender_id, hub_id, coefficient
FROM (
  SELECT receiver_id, sender_id, NULL AS hub_id, coefficient
  FROM carried
  WHERE profile = :profile AND receiver_id IN (SELECT value FROM json_each(:ids))
  UNION ALL
  SELECT d.entity_id, s.entity_id, s.hub_id, d.coefficient
  FROM carried_shared AS d JOIN carried_shared AS s ON s.profile = d.profile AND s.hub_id = d.hub_id
  WHERE d.profile = :profile AND d.entity_id IN (SELECT value FROM json_each(:ids))
    AND d.coefficient > 0.0 AND s.entity_id <> d.entity_id
)
ORDER BY receiver_id, sender_id, coalesce(hub_id, '')
LIMIT :limit

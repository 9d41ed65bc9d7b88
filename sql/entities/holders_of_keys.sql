-- Parties under each of these keys of a name (or names, or codes): index look-ups, whatever the store's size.
-- in:    $keys LIST<STRING>, $limit INTEGER 1..201
-- out:   folded STRING, entity_id STRING
-- order: folded, entity_id; at most $limit rows a key
-- user:  resolution/screening/candidates.py, api/parties/search.py
SELECT folded, entity_id
FROM (
  SELECT
    n.folded, n.entity_id,
    row_number() OVER (PARTITION BY n.folded ORDER BY n.entity_id) AS place
  FROM (
    SELECT DISTINCT folded, entity_id
    FROM entity_names
    WHERE folded IN (SELECT value FROM json_each(:keys))
  ) AS n
)
WHERE place <= :limit
ORDER BY folded, entity_id

-- What lies under these keys of one shelf: the blocks they are packed in (key -1), and what changed since (block -1).
-- in:    $shelf STRING, $blocks LIST<INTEGER>, $keys LIST<INTEGER>, $most INTEGER 1..10000000
-- out:   block INTEGER, content STRING, key INTEGER, value INTEGER, held BOOLEAN
-- order: block, key, value; all blocks, at most $most changes a key
-- user:  resolution/live/postings.py
SELECT
  block, content, -1 AS key, -1 AS value, 0 AS held
FROM live_blocks
WHERE shelf = :shelf AND block IN (SELECT value FROM json_each(:blocks))
UNION ALL
SELECT
  -1 AS block, '' AS content, c.key, c.value, c.held
FROM json_each(:keys) AS k
CROSS JOIN live_changes AS c
WHERE c.shelf = :shelf AND c.key = k.value AND c.value <= coalesce(
  (SELECT value FROM live_changes WHERE shelf = :shelf AND key = k.value ORDER BY value LIMIT 1 OFFSET :most - 1),
  9223372036854775807
)
ORDER BY block, key, value

-- What changed under these keys of one shelf since its blocks were packed, no more than so much a key.
-- in:    $shelf STRING, $keys LIST<INTEGER>, $most INTEGER 1..10000000
-- out:   key INTEGER, value INTEGER, held BOOLEAN
-- order: key, value; at most $most rows a key
-- user:  resolution/live/shelves.py
SELECT
  c.key, c.value, c.held
FROM json_each(:keys) AS k
CROSS JOIN live_changes AS c
WHERE c.shelf = :shelf AND c.key = k.value AND c.value <= coalesce(
  (SELECT value FROM live_changes WHERE shelf = :shelf AND key = k.value ORDER BY value LIMIT 1 OFFSET :most - 1),
  9223372036854775807
)
ORDER BY c.key, c.value

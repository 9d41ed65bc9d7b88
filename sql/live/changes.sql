-- What changed under these keys of one shelf since its blocks were packed, no more than so much a key.
-- in:    $shelf STRING, $keys LIST<INTEGER>, $most INTEGER 1..10000000
-- out:   key INTEGER, value INTEGER, held BOOLEAN
-- order: key, value; at most $most rows a key
-- user:  resolution/live/shelves.py
SELECT
  c.key, c.value, c.held
FROM json_each(:keys) AS k
JOIN live_changes AS c ON c.shelf = :shelf AND c.key = k.value
WHERE c.value IN (
  SELECT value FROM live_changes WHERE shelf = :shelf AND key = k.value ORDER BY value LIMIT :most
)
ORDER BY c.key, c.value

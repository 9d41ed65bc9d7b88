// What changed under these keys of one shelf since its blocks were packed, no more than so much a key.
// in:    $shelf STRING, $keys LIST<INTEGER>, $most INTEGER 1..10000000
// out:   key INTEGER, value INTEGER, held BOOLEAN
// order: key, value; at most $most rows a key
// user:  resolution/live/shelves.py
UNWIND $keys AS asked
CALL (asked) {
  MATCH (n:LiveChange)
  WHERE n.shelf = $shelf AND n.key = asked
  RETURN n
  ORDER BY n.value
  LIMIT $most
}
RETURN
  n.key AS key, n.value AS value, n.held AS held
ORDER BY key, value

// What lies under these keys of one shelf: the blocks they are packed in (key -1), and what changed since (block -1).
// in:    $shelf STRING, $blocks LIST<INTEGER>, $keys LIST<INTEGER>, $most INTEGER 1..10000000
// out:   block INTEGER, content STRING, key INTEGER, value INTEGER, held BOOLEAN
// order: block, key, value; all blocks, at most $most changes a key
// user:  resolution/live/postings.py
CALL () {
  MATCH (n:LiveBlock)
  WHERE n.shelf = $shelf AND n.block IN $blocks
  RETURN n.block AS block, n.content AS content, -1 AS key, -1 AS value, false AS held
  UNION ALL
  UNWIND $keys AS asked
  CALL (asked) {
    MATCH (n:LiveChange)
    WHERE n.shelf = $shelf AND n.key = asked
    RETURN n
    ORDER BY n.value
    LIMIT $most
  }
  RETURN -1 AS block, '' AS content, n.key AS key, n.value AS value, n.held AS held
}
RETURN
  block, content, key, value, held
ORDER BY block, key, value

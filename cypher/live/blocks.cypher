// These blocks of one shelf; those that hold nothing are left out.
// in:    $shelf STRING, $blocks LIST<INTEGER>
// out:   block INTEGER, content STRING
// order: block; all rows
// user:  resolution/live/record_cache.py, resolution/live/spellings.py
MATCH (n:LiveBlock)
WHERE n.shelf = $shelf AND n.block IN $blocks
RETURN
  n.block AS block, n.content AS content
ORDER BY block

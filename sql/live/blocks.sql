-- These blocks of one shelf; those that hold nothing are left out.
-- in:    $shelf STRING, $blocks LIST<INTEGER>
-- out:   block INTEGER, content STRING
-- order: block; all rows
-- user:  resolution/live/record_cache.py, resolution/live/spellings.py
SELECT
  block, content
FROM live_blocks
WHERE shelf = :shelf AND block IN (SELECT value FROM json_each(:blocks))
ORDER BY block

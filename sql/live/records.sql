-- Records by their number, as far as they changed since the last full run.
-- in:    $numbers LIST<INTEGER>
-- out:   number INTEGER, id STRING, known STRING
-- order: number; all rows
-- user:  resolution/live/record_cache.py
SELECT
  number, id, known
FROM live_records
WHERE number IN (SELECT value FROM json_each(:numbers))
ORDER BY number

// Records by their number, as far as they changed since the last full run.
// in:    $numbers LIST<INTEGER>
// out:   number INTEGER, id STRING, known STRING
// order: number; all rows
// user:  resolution/live/record_cache.py
MATCH (n:LiveRecord)
WHERE n.number IN $numbers
RETURN
  n.number AS number, n.id AS id, n.known AS known
ORDER BY number

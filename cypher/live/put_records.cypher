// Records by their number, with what other records add to them; since the last full run.
// batch: number INTEGER, id STRING, known STRING
// out:   nothing
// order: none
// user:  resolution/live/record_cache.py
UNWIND $rows AS row
MERGE (n:LiveRecord {number: row.number})
SET n = row

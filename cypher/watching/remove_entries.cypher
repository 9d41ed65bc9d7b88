// Remove entries of watch lists; their events stay until they are forgotten.
// batch: id STRING
// out:   nothing
// order: none
// user:  api/watching/entries.py
UNWIND $rows AS row
MATCH (n:WatchEntry {id: row.id})
DELETE n

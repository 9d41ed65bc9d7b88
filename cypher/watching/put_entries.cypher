// Entries of watch lists, new or changed, with what was last seen of each.
// batch: id STRING, watchlist_id STRING, entity_id STRING?, name STRING?, code STRING?, place STRING?, country STRING?, reference STRING?, note STRING?, active_until STRING?, created_at STRING, present_id STRING?, version INTEGER, document STRING
// out:   nothing
// order: none
// user:  api/watching/entries.py, api/watching/observations.py
UNWIND $rows AS row
MERGE (n:WatchEntry {id: row.id})
SET n = row

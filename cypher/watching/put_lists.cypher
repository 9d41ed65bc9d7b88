// Watch lists, new or changed.
// batch: id STRING, owner STRING, name STRING, note STRING?, active_until STRING?, created_at STRING
// out:   nothing
// order: none
// user:  api/watching/lists.py
UNWIND $rows AS row
MERGE (n:Watchlist {id: row.id})
SET n = row

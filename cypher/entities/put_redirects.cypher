// Ids that were joined into an older one.
// batch: old_id STRING, surviving_id STRING
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
UNWIND $rows AS row
MERGE (n:Redirect {old_id: row.old_id})
SET n = row

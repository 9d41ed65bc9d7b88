// What changed between two runs.
// batch: entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
UNWIND $rows AS row
MERGE (n:Event {id: row.entity_id + '|' + row.kind + '|' + coalesce(row.other_id, '') + '|' + row.happened_at})
SET n += row

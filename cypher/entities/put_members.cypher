// Which record belongs to which party; a record that moves leaves its former party.
// batch: record_id STRING, entity_id STRING
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
UNWIND $rows AS row
MATCH (r:Record {id: row.record_id})
SET r.entity_id = row.entity_id

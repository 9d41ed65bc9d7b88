// Which records a ruling speaks about: those of the members of its case.
// batch: ruling_id STRING, record_id STRING
// out:   nothing
// order: none
// user:  api/parties/rings.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:RingRecord {ruling_id: row.ruling_id, record_id: row.record_id})

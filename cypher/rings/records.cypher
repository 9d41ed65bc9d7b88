// Which records every ruling speaks about.
// in:    nothing
// out:   ruling_id STRING, record_id STRING
// order: ruling_id, record_id; all rows
// user:  api/runs/key_rotation.py
MATCH (n:RingRecord)
RETURN n.ruling_id AS ruling_id, n.record_id AS record_id
ORDER BY ruling_id, record_id

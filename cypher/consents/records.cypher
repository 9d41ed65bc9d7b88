// Which records every consent speaks about.
// in:    nothing
// out:   consent_id STRING, record_id STRING
// order: consent_id, record_id; all rows
// user:  api/runs/key_rotation.py
MATCH (n:ConsentRecord)
RETURN n.consent_id AS consent_id, n.record_id AS record_id
ORDER BY consent_id, record_id

// Which records a consent speaks about: those of the party that gave it.
// batch: consent_id STRING, record_id STRING
// out:   nothing
// order: none
// user:  api/parties/consents.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:ConsentRecord {consent_id: row.consent_id, record_id: row.record_id})

// Days on which a person's score was shown under a consent; a day put again changes nothing.
// batch: consent_id STRING, looked_on STRING
// out:   nothing
// order: none
// user:  api/context/access.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:ConsentLook {consent_id: row.consent_id, looked_on: row.looked_on})

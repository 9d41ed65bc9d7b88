-- Days on which a person's score was shown under a consent; a day put again changes nothing.
-- batch: consent_id STRING, looked_on STRING
-- out:   nothing
-- order: none
-- user:  api/context/access.py, api/runs/key_rotation.py
INSERT INTO consent_looks (consent_id, looked_on) VALUES (:consent_id, :looked_on)
ON CONFLICT (consent_id, looked_on) DO NOTHING

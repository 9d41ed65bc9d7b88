-- Which records a consent speaks about: those of the party that gave it.
-- batch: consent_id STRING, record_id STRING
-- out:   nothing
-- order: none
-- user:  api/parties/consents.py, api/runs/key_rotation.py
INSERT INTO consent_records (
  consent_id, record_id
) VALUES (
  :consent_id, :record_id
) ON CONFLICT (consent_id, record_id) DO NOTHING

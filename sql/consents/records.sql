-- Which records every consent speaks about.
-- in:    nothing
-- out:   consent_id STRING, record_id STRING
-- order: consent_id, record_id; all rows
-- user:  api/runs/key_rotation.py
SELECT
  consent_id, record_id
FROM consent_records
ORDER BY consent_id, record_id

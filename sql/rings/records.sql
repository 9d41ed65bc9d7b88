-- Which records every ruling speaks about.
-- in:    nothing
-- out:   ruling_id STRING, record_id STRING
-- order: ruling_id, record_id; all rows
-- user:  api/runs/key_rotation.py
SELECT
  ruling_id, record_id
FROM ring_records
ORDER BY ruling_id, record_id

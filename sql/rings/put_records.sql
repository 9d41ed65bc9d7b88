-- Which records a ruling speaks about: those of the members of its case.
-- batch: ruling_id STRING, record_id STRING
-- out:   nothing
-- order: none
-- user:  api/parties/rings.py, api/runs/key_rotation.py
INSERT INTO ring_records (
  ruling_id, record_id
) VALUES (
  :ruling_id, :record_id
) ON CONFLICT (ruling_id, record_id) DO NOTHING

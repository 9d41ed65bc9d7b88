-- Consents of persons and sole traders.
-- batch: id STRING, recipient STRING, purpose STRING, data_classes STRING, release_ids STRING, given_on STRING, expires_on STRING, evidence STRING, legal_basis STRING, assessment STRING, recorded_by STRING, recorded_at STRING, withdrawn_at STRING?, withdrawn_by STRING?
-- out:   nothing
-- order: none
-- user:  api/parties/consents.py, api/runs/key_rotation.py
INSERT INTO consents (
  id, recipient, purpose, data_classes, release_ids, given_on, expires_on,
  evidence, legal_basis, assessment, recorded_by, recorded_at, withdrawn_at, withdrawn_by
) VALUES (
  :id, :recipient, :purpose, :data_classes, :release_ids, :given_on, :expires_on,
  :evidence, :legal_basis, :assessment, :recorded_by, :recorded_at, :withdrawn_at, :withdrawn_by
) ON CONFLICT (id) DO NOTHING

-- One consent.
-- in:    $id STRING
-- out:   id STRING, recipient STRING, purpose STRING, data_classes STRING, release_ids STRING, given_on STRING, expires_on STRING, evidence STRING, legal_basis STRING, assessment STRING, recorded_by STRING, recorded_at STRING, withdrawn_at STRING?, withdrawn_by STRING?
-- order: none; at most 1 row
-- user:  api/parties/consents.py
SELECT
  n.id, n.recipient, n.purpose, n.data_classes, n.release_ids, n.given_on,
  n.expires_on, n.evidence, n.legal_basis, n.assessment, n.recorded_by, n.recorded_at,
  n.withdrawn_at, n.withdrawn_by
FROM consents AS n
WHERE n.id = :id

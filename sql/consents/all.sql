-- Every consent, the latest first, a row for each party its records belong to today; more than one: it is void; '' for records of none.
-- in:    $limit INTEGER 1..100000
-- out:   id STRING, recipient STRING, purpose STRING, data_classes STRING, release_ids STRING, given_on STRING, expires_on STRING, evidence STRING, legal_basis STRING, assessment STRING, recorded_by STRING, recorded_at STRING, withdrawn_at STRING?, withdrawn_by STRING?, entity_id STRING
-- order: id descending, entity_id; at most $limit rows
-- user:  api/parties/consents.py, api/runs/key_rotation.py
SELECT DISTINCT
  n.id, n.recipient, n.purpose, n.data_classes, n.release_ids, n.given_on,
  n.expires_on, n.evidence, n.legal_basis, n.assessment, n.recorded_by, n.recorded_at,
  n.withdrawn_at, n.withdrawn_by, coalesce(m.entity_id, '') AS entity_id
FROM consents AS n
JOIN consent_records AS c ON c.consent_id = n.id
LEFT JOIN members AS m ON m.record_id = c.record_id
ORDER BY n.id DESC, entity_id
LIMIT :limit

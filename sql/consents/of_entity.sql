-- Consents of one party, in the order they were given; one whose records are of two parties now is void and left out.
-- in:    $entity_id STRING
-- out:   id STRING, recipient STRING, purpose STRING, data_classes STRING, release_ids STRING, given_on STRING, expires_on STRING, evidence STRING, legal_basis STRING, assessment STRING, recorded_by STRING, recorded_at STRING, withdrawn_at STRING?, withdrawn_by STRING?
-- order: id; all rows
-- user:  api/context/access.py
SELECT DISTINCT
  n.id, n.recipient, n.purpose, n.data_classes, n.release_ids, n.given_on,
  n.expires_on, n.evidence, n.legal_basis, n.assessment, n.recorded_by, n.recorded_at,
  n.withdrawn_at, n.withdrawn_by
FROM members AS m
JOIN consent_records AS c ON c.record_id = m.record_id
JOIN consents AS n ON n.id = c.consent_id
WHERE m.entity_id = :entity_id
  AND NOT EXISTS (
    SELECT 1
    FROM consent_records AS o
    JOIN members AS r ON r.record_id = o.record_id
    WHERE o.consent_id = n.id AND r.entity_id <> :entity_id
  )
ORDER BY n.id

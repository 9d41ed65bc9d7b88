// Consents of one party, in the order they were given; one whose records are of two parties now is void and left out.
// in:    $entity_id STRING
// out:   id STRING, recipient STRING, purpose STRING, data_classes STRING, release_ids STRING, given_on STRING, expires_on STRING, evidence STRING, legal_basis STRING, assessment STRING, recorded_by STRING, recorded_at STRING, withdrawn_at STRING?, withdrawn_by STRING?
// order: id; all rows
// user:  api/context/access.py
MATCH (r:Record {entity_id: $entity_id})
MATCH (c:ConsentRecord {record_id: r.id})
MATCH (n:Consent {id: c.consent_id})
WHERE NOT EXISTS {
  MATCH (o:ConsentRecord {consent_id: n.id})
  MATCH (s:Record {id: o.record_id})
  WHERE s.entity_id <> $entity_id
}
RETURN DISTINCT
  n.id AS id, n.recipient AS recipient, n.purpose AS purpose, n.data_classes AS data_classes,
  n.release_ids AS release_ids, n.given_on AS given_on, n.expires_on AS expires_on, n.evidence AS evidence,
  n.legal_basis AS legal_basis, n.assessment AS assessment, n.recorded_by AS recorded_by, n.recorded_at AS recorded_at,
  n.withdrawn_at AS withdrawn_at, n.withdrawn_by AS withdrawn_by
ORDER BY id

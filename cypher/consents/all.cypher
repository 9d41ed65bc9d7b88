// Every consent, the latest first, a row for each party its records belong to today; more than one: it is void; '' for records of none.
// in:    $limit INTEGER 1..100000
// out:   id STRING, recipient STRING, purpose STRING, data_classes STRING, release_ids STRING, given_on STRING, expires_on STRING, evidence STRING, legal_basis STRING, assessment STRING, recorded_by STRING, recorded_at STRING, withdrawn_at STRING?, withdrawn_by STRING?, entity_id STRING
// order: id descending, entity_id; at most $limit rows
// user:  api/parties/consents.py, api/runs/key_rotation.py
MATCH (n:Consent)
MATCH (c:ConsentRecord {consent_id: n.id})
OPTIONAL MATCH (r:Record {id: c.record_id})
RETURN DISTINCT
  n.id AS id, n.recipient AS recipient, n.purpose AS purpose, n.data_classes AS data_classes,
  n.release_ids AS release_ids, n.given_on AS given_on, n.expires_on AS expires_on, n.evidence AS evidence,
  n.legal_basis AS legal_basis, n.assessment AS assessment, n.recorded_by AS recorded_by, n.recorded_at AS recorded_at,
  n.withdrawn_at AS withdrawn_at, n.withdrawn_by AS withdrawn_by, coalesce(r.entity_id, '') AS entity_id
ORDER BY id DESC, entity_id
LIMIT $limit

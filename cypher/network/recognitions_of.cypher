// The recognitions of one party, the latest first.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $entity_id STRING
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
// order: given_on descending, id; all rows
// user:  api/parties/consents.py
MATCH (r:Record {entity_id: $entity_id})
MATCH (n:Recognition {record_id: r.id}) USING INDEX n:Recognition(record_id)
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.mark AS mark, n.record_id AS record_id, n.issuer AS issuer,
  n.given_on AS given_on, n.ends_on AS ends_on, n.reference AS reference, n.amount AS amount,
  n.currency AS currency
ORDER BY given_on DESC, id

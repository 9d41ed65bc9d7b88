// The listings of these parties, as stated.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, list_type STRING, record_id STRING, issuer STRING, programme STRING?, case_no STRING?, listed_on STRING?, ends_on STRING?, removed_on STRING?, removal_ground STRING?, reason STRING?, duty STRING?, performance STRING?, amount FLOAT?, currency STRING?, creditor_ids STRING, disputed_since STRING?, decision_due_on STRING?
// order: entity_id, id; all rows
// user:  api/contract/ftm_listings.py, api/watching/state_inputs.py
UNWIND $ids AS party
WITH DISTINCT party
MATCH (r:Record {entity_id: party}) USING INDEX r:Record(entity_id)
MATCH (n:Listing {record_id: r.id}) USING INDEX n:Listing(record_id)
RETURN
  r.entity_id AS entity_id, n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.list_type AS list_type, n.record_id AS record_id, n.issuer AS issuer,
  n.programme AS programme, n.case_no AS case_no, n.listed_on AS listed_on, n.ends_on AS ends_on, n.removed_on AS removed_on,
  n.removal_ground AS removal_ground, n.reason AS reason, n.duty AS duty, n.performance AS performance,
  n.amount AS amount, n.currency AS currency, n.creditor_ids AS creditor_ids,
  n.disputed_since AS disputed_since, n.decision_due_on AS decision_due_on
ORDER BY entity_id, id

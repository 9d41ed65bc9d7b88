// Every good mark, with the party of its record.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    nothing
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, entity_id STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
// order: id; all rows
// user:  graph/network/facts.py
// columns: bulk, for Store.columns
MATCH (n:Recognition)
MATCH (rm:Record {id: n.record_id}) USING INDEX rm:Record(id)
WHERE rm.entity_id IS NOT NULL
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.mark AS mark, rm.entity_id AS entity_id, n.record_id AS record_id,
  n.issuer AS issuer, n.given_on AS given_on, n.ends_on AS ends_on, n.reference AS reference,
  n.amount AS amount, n.currency AS currency
ORDER BY id

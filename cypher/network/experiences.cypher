// Every experience, between the parties of its records.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    nothing
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
// order: id; all rows
// user:  graph/network/facts.py
// columns: bulk, for Store.columns
MATCH (n:Experience)
MATCH (rm:Record {id: n.reporter_id}) USING INDEX rm:Record(id)
MATCH (sm:Record {id: n.subject_id}) USING INDEX sm:Record(id)
WHERE rm.entity_id IS NOT NULL AND sm.entity_id IS NOT NULL
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, rm.entity_id AS reporter_id, sm.entity_id AS subject_id, n.dealing AS dealing,
  n.outcome AS outcome, n.rating AS rating, n.amount AS amount, n.currency AS currency,
  n.happened_on AS happened_on, n.fact_key AS fact_key, n.disputed AS disputed
ORDER BY id

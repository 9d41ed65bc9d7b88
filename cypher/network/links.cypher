// Every link, between the parties its records belong to.
// Read in the order of ids by their index: sorting half a million rows takes a third of the answer.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    nothing
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, role STRING?, indirect BOOLEAN, verified BOOLEAN, began_on STRING?, ended_on STRING?, fact_key STRING?
// order: id; all rows
// user:  graph/network/facts.py
// columns: bulk, for Store.columns
MATCH (n:Link) USING INDEX n:Link(id)
WHERE n.id >= ''
MATCH (sm:Record {id: n.source_id}) USING INDEX sm:Record(id)
MATCH (tm:Record {id: n.target_id}) USING INDEX tm:Record(id)
WHERE sm.entity_id IS NOT NULL AND tm.entity_id IS NOT NULL
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.kind AS kind, sm.entity_id AS source_id, tm.entity_id AS target_id,
  n.share AS share, n.amount AS amount, n.currency AS currency, n.role AS role, coalesce(n.indirect, false) AS indirect,
  n.verified AS verified,
  n.began_on AS began_on, n.ended_on AS ended_on, n.fact_key AS fact_key
ORDER BY id

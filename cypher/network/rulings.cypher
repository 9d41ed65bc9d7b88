// Every ruling on a case of circular trade, in the order they were made, a row for each party its records belong to today.
// in:    nothing
// out:   id STRING, case_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, shape STRING, entity_id STRING
// order: id, entity_id; all rows
// user:  graph/network/facts.py, api/runs/key_rotation.py
// columns: bulk, for Store.columns
MATCH (n:RingRuling)
MATCH (m:RingRecord) WHERE m.ruling_id = n.id
MATCH (r:Record {id: m.record_id})
WHERE r.entity_id IS NOT NULL
RETURN DISTINCT
  n.id AS id, n.case_id AS case_id, n.verdict AS verdict, n.by AS by, n.reason AS reason,
  n.decided_at AS decided_at, n.shape AS shape, r.entity_id AS entity_id
ORDER BY id, entity_id

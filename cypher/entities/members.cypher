// Which record belongs to which party.
// in:    nothing
// out:   record_id STRING, entity_id STRING
// order: record_id; all rows
// user:  resolution/aliases/alias_proposals.py, resolution/pipeline.py, api/models/evaluations.py, api/parties/rankings.py
// columns: bulk, for Store.columns
MATCH (n:Record)
WHERE n.entity_id IS NOT NULL
RETURN
  n.id AS record_id, n.entity_id AS entity_id
ORDER BY record_id

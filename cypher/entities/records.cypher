// Every record, to be resolved.
// in:    nothing
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, kind STRING, document STRING
// order: id; all rows
// user:  api/runs/key_rotation.py
// columns: bulk, for Store.columns
MATCH (n:Record)
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id, n.kind AS kind,
  n.document AS document
ORDER BY id

// These records.
// in:    $ids LIST<STRING>
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, kind STRING, document STRING
// order: id; all rows
// user:  resolution/judgements/ledger.py, resolution/live/record_cache.py, resolution/sources/repairs.py, resolution/sources/shared_statements.py, api/parties/dealings.py, api/parties/path_lines.py, api/parties/source_states.py, api/reviews/effects.py, api/reviews/judging.py, api/reviews/ledger_lines.py, api/reviews/queue.py, api/runs/source_control.py
MATCH (n:Record)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id, n.kind AS kind,
  n.document AS document
ORDER BY id

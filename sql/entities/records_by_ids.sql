-- These records.
-- in:    $ids LIST<STRING>
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, kind STRING, document STRING
-- order: id; all rows
-- user:  resolution/judgements/ledger.py, resolution/live/record_cache.py, resolution/sources/repairs.py, resolution/sources/shared_statements.py, api/parties/dealings.py, api/parties/path_lines.py, api/parties/source_states.py, api/reviews/effects.py, api/reviews/judging.py, api/reviews/ledger_lines.py, api/reviews/queue.py, api/runs/source_control.py
SELECT
  id, dataset, source_class, row_id, kind, document
FROM records
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

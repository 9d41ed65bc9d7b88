-- Parties as sources describe them.
-- batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, observed_on STRING?, document STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/dirty.py, resolution/sources/loads.py, resolution/sources/shared_statements.py, resolution/sources/states.py, api/runs/key_rotation.py
INSERT INTO records (
  id, dataset, source_class, row_id, release_id, kind, observed_on, document
) VALUES (
  :id, :dataset, :source_class, :row_id, :release_id, :kind, :observed_on, :document
) ON CONFLICT (id) DO UPDATE SET
  dataset = excluded.dataset, source_class = excluded.source_class, row_id = excluded.row_id,
  release_id = excluded.release_id, kind = excluded.kind, observed_on = excluded.observed_on,
  document = excluded.document

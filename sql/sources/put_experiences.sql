-- Outcomes of dealings between records.
-- batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
-- out:   nothing
-- order: none
-- user:  resolution/sources/shared_statements.py, resolution/sources/states.py
INSERT INTO experiences (
  id, dataset, source_class, row_id, release_id, reporter_id, subject_id, dealing, outcome, rating, amount,
  currency, happened_on, fact_key, disputed
) VALUES (
  :id, :dataset, :source_class, :row_id, :release_id, :reporter_id, :subject_id, :dealing, :outcome, :rating,
  :amount, :currency, :happened_on, :fact_key, :disputed
) ON CONFLICT (id) DO UPDATE SET
  dataset = excluded.dataset, source_class = excluded.source_class, row_id = excluded.row_id,
  release_id = excluded.release_id, reporter_id = excluded.reporter_id, subject_id = excluded.subject_id,
  dealing = excluded.dealing, outcome = excluded.outcome, rating = excluded.rating, amount = excluded.amount,
  currency = excluded.currency, happened_on = excluded.happened_on, fact_key = excluded.fact_key,
  disputed = excluded.disputed

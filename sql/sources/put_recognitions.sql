-- Good marks by public bodies.
-- batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
-- out:   nothing
-- order: none
-- user:  resolution/sources/shared_statements.py, resolution/sources/states.py
INSERT INTO recognitions (
  id, dataset, source_class, row_id, release_id, mark, record_id, issuer, given_on, ends_on, reference, amount,
  currency
) VALUES (
  :id, :dataset, :source_class, :row_id, :release_id, :mark, :record_id, :issuer, :given_on, :ends_on,
  :reference, :amount, :currency
) ON CONFLICT (id) DO UPDATE SET
  dataset = excluded.dataset, source_class = excluded.source_class, row_id = excluded.row_id,
  release_id = excluded.release_id, mark = excluded.mark, record_id = excluded.record_id,
  issuer = excluded.issuer, given_on = excluded.given_on, ends_on = excluded.ends_on,
  reference = excluded.reference, amount = excluded.amount, currency = excluded.currency

-- Official adverse listings of records.
-- batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, list_type STRING, record_id STRING, issuer STRING, programme STRING?, case_no STRING?, listed_on STRING?, ends_on STRING?, removed_on STRING?, removal_ground STRING?, reason STRING?, duty STRING?, performance STRING?, amount FLOAT?, currency STRING?, creditor_ids STRING, disputed_since STRING?, decision_due_on STRING?
-- out:   nothing
-- order: none
-- user:  resolution/sources/loads.py, resolution/sources/repairs.py, resolution/sources/shared_statements.py, resolution/sources/states.py
INSERT INTO listings (
  id, dataset, source_class, row_id, release_id, list_type, record_id, issuer, programme, case_no, listed_on, ends_on,
  removed_on, removal_ground, reason, duty, performance, amount, currency, creditor_ids, disputed_since,
  decision_due_on
) VALUES (
  :id, :dataset, :source_class, :row_id, :release_id, :list_type, :record_id, :issuer, :programme, :case_no, :listed_on,
  :ends_on, :removed_on, :removal_ground, :reason, :duty, :performance, :amount, :currency, :creditor_ids,
  :disputed_since, :decision_due_on
) ON CONFLICT (id) DO UPDATE SET
  dataset = excluded.dataset, source_class = excluded.source_class, row_id = excluded.row_id,
  release_id = excluded.release_id, list_type = excluded.list_type, record_id = excluded.record_id,
  issuer = excluded.issuer, programme = excluded.programme, case_no = excluded.case_no, listed_on = excluded.listed_on,
  ends_on = excluded.ends_on, removed_on = excluded.removed_on, removal_ground = excluded.removal_ground,
  reason = excluded.reason, duty = excluded.duty, performance = excluded.performance, amount = excluded.amount,
  currency = excluded.currency, creditor_ids = excluded.creditor_ids, disputed_since = excluded.disputed_since,
  decision_due_on = excluded.decision_due_on

-- These listings, as stated.
-- in:    $ids LIST<STRING>
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, list_type STRING, record_id STRING, issuer STRING, programme STRING?, case_no STRING?, listed_on STRING?, ends_on STRING?, removed_on STRING?, removal_ground STRING?, reason STRING?, duty STRING?, performance STRING?, amount FLOAT?, currency STRING?, creditor_ids STRING, disputed_since STRING?, decision_due_on STRING?
-- order: id; all rows
-- user:  resolution/sources/shared_statements.py
SELECT
  id, dataset, source_class, row_id, release_id, list_type, record_id, issuer, programme, case_no, listed_on, ends_on,
  removed_on, removal_ground, reason, duty, performance, amount, currency, creditor_ids, disputed_since,
  decision_due_on
FROM listings
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

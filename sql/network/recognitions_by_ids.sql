-- These recognitions, as stated.
-- in:    $ids LIST<STRING>
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
-- order: id; all rows
-- user:  resolution/sources/shared_statements.py
SELECT
  id, dataset, source_class, row_id, release_id, mark, record_id, issuer, given_on, ends_on, reference, amount,
  currency
FROM recognitions
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

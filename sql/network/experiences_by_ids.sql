-- These experiences, as stated.
-- in:    $ids LIST<STRING>
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
-- order: id; all rows
-- user:  resolution/sources/shared_statements.py
SELECT
  id, dataset, source_class, row_id, release_id, reporter_id, subject_id, dealing, outcome, rating, amount,
  currency, happened_on, fact_key, disputed
FROM experiences
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

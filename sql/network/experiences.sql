-- Every experience, between the parties of its records.
-- Sorted after reading (`+`): ids lie at random in the table, and going to each by the index takes half as long again.
-- in:    nothing
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
-- order: id; all rows
-- user:  graph/network/facts.py
-- columns: bulk, for Store.columns
SELECT
  n.id, n.dataset, n.source_class, n.row_id, n.release_id, rm.entity_id AS reporter_id,
  sm.entity_id AS subject_id, n.dealing, n.outcome, n.rating, n.amount, n.currency, n.happened_on, n.fact_key,
  n.disputed
FROM experiences AS n
JOIN members AS rm ON rm.record_id = n.reporter_id
JOIN members AS sm ON sm.record_id = n.subject_id
ORDER BY +n.id

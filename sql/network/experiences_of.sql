-- What others told of one party, the latest first.
-- in:    $entity_id STRING, $limit INTEGER 1..10000
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
-- order: happened_on descending, id; at most $limit rows
-- user:  api/parties/consents.py, api/parties/dealings.py
SELECT
  n.id, n.dataset, n.source_class, n.row_id, n.release_id, n.reporter_id, n.subject_id, n.dealing, n.outcome,
  n.rating, n.amount, n.currency, n.happened_on, n.fact_key, n.disputed
FROM members AS m
JOIN experiences AS n ON n.subject_id = m.record_id
WHERE m.entity_id = :entity_id
ORDER BY n.happened_on DESC, n.id
LIMIT :limit

-- The recognitions of one party, the latest first.
-- in:    $entity_id STRING
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
-- order: given_on descending, id; all rows
-- user:  api/parties/consents.py
SELECT
  n.id, n.dataset, n.source_class, n.row_id, n.release_id, n.mark, n.record_id, n.issuer, n.given_on,
  n.ends_on, n.reference, n.amount, n.currency
FROM members AS m
JOIN recognitions AS n ON n.record_id = m.record_id
WHERE m.entity_id = :entity_id
ORDER BY n.given_on DESC, n.id

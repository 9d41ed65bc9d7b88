-- The records of one party.
-- in:    $entity_id STRING
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, observed_on STRING?, document STRING
-- order: id; all rows
-- user:  api/parties/records.py, api/parties/rings.py
SELECT
  r.id, r.dataset, r.source_class, r.row_id, r.release_id, r.kind, r.observed_on, r.document
FROM members AS m
JOIN records AS r ON r.id = m.record_id
WHERE m.entity_id = :entity_id
ORDER BY r.id

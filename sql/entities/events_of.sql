-- What happened to one party, the latest first.
-- in:    $entity_id STRING
-- out:   entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
-- order: happened_at DESC, kind, other_id; all rows
-- user:  api/reviews/histories.py
SELECT
  entity_id, kind, other_id, record_ids, happened_at
FROM events
WHERE entity_id = :entity_id
ORDER BY happened_at DESC, kind, other_id

-- The latest changes of any party.
-- in:    $limit INTEGER 1..1000
-- out:   entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
-- order: happened_at DESC, entity_id, kind, other_id; at most $limit rows
-- user:  tests/resolution/live/test_bad_input.py
SELECT
  entity_id, kind, other_id, record_ids, happened_at
FROM events
ORDER BY happened_at DESC, entity_id, kind, other_id
LIMIT :limit

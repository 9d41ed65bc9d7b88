-- What happened to these parties, the earliest first.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, kind STRING, other_id STRING?, record_ids STRING, happened_at STRING
-- order: entity_id, happened_at, kind, other_id; all rows
-- user:  resolution/entities/returning_ids.py, api/contract/ftm_days.py
SELECT
  entity_id, kind, other_id, record_ids, happened_at
FROM events
WHERE entity_id IN (SELECT value FROM json_each(:ids))
ORDER BY entity_id, happened_at, kind, other_id

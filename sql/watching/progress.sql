-- How far these subscriptions were sent their events.
-- in:    $ids LIST<STRING>
-- out:   webhook_id STRING, state STRING, reason STRING?, position INTEGER, attempts INTEGER, failed INTEGER, due_at STRING?, last_status INTEGER?, last_at STRING?, lease_owner STRING?, lease_until STRING?
-- order: webhook_id; all rows
-- user:  api/watching/deliveries.py, api/watching/progress.py
SELECT
  webhook_id, state, reason, position, attempts, failed, due_at, last_status, last_at, lease_owner, lease_until
FROM webhook_progress
WHERE webhook_id IN (SELECT value FROM json_each(:ids))
ORDER BY webhook_id

-- Subscriptions that may be sent something at a time: active, not put off, and in nobody's hands.
-- in:    $now STRING
-- out:   webhook_id STRING, position INTEGER
-- order: webhook_id; all rows
-- user:  api/watching/progress.py
SELECT
  webhook_id, position
FROM webhook_progress
WHERE state = 'active' AND (due_at IS NULL OR due_at <= :now) AND (lease_until IS NULL OR lease_until <= :now)
ORDER BY webhook_id

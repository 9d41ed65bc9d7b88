// Subscriptions that may be sent something at a time: active, not put off, and in nobody's hands.
// in:    $now STRING
// out:   webhook_id STRING, position INTEGER
// order: webhook_id; all rows
// user:  api/watching/progress.py
MATCH (n:WebhookProgress)
WHERE n.state = 'active' AND (n.due_at IS NULL OR n.due_at <= $now) AND (n.lease_until IS NULL OR n.lease_until <= $now)
RETURN
  n.webhook_id AS webhook_id, n.position AS position
ORDER BY webhook_id

// How far these subscriptions were sent their events.
// in:    $ids LIST<STRING>
// out:   webhook_id STRING, state STRING, reason STRING?, position INTEGER, attempts INTEGER, failed INTEGER, due_at STRING?, last_status INTEGER?, last_at STRING?, lease_owner STRING?, lease_until STRING?
// order: webhook_id; all rows
// user:  api/watching/deliveries.py, api/watching/progress.py
MATCH (n:WebhookProgress)
WHERE n.webhook_id IN $ids
RETURN
  n.webhook_id AS webhook_id, n.state AS state, n.reason AS reason, n.position AS position, n.attempts AS attempts,
  n.failed AS failed, n.due_at AS due_at, n.last_status AS last_status, n.last_at AS last_at, n.lease_owner AS
  lease_owner, n.lease_until AS lease_until
ORDER BY webhook_id

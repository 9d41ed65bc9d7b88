// Events that one receiver did not take, from one number on.
// in:    $webhook_id STRING, $after INTEGER, $limit INTEGER 1..1001
// out:   webhook_id STRING, number INTEGER, event_id STRING, attempts INTEGER, status INTEGER?, problem STRING, failed_at STRING
// order: number; at most $limit rows
// user:  api/watching/progress.py
MATCH (n:WebhookFailure)
WHERE n.webhook_id = $webhook_id AND n.number > $after
RETURN
  n.webhook_id AS webhook_id, n.number AS number, n.event_id AS event_id, n.attempts AS attempts, n.status AS status,
  n.problem AS problem, n.failed_at AS failed_at
ORDER BY number
LIMIT $limit

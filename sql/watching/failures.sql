-- Events that one receiver did not take, from one number on.
-- in:    $webhook_id STRING, $after INTEGER, $limit INTEGER 1..1001
-- out:   webhook_id STRING, number INTEGER, event_id STRING, attempts INTEGER, status INTEGER?, problem STRING, failed_at STRING
-- order: number; at most $limit rows
-- user:  api/watching/progress.py
SELECT
  webhook_id, number, event_id, attempts, status, problem, failed_at
FROM webhook_failures
WHERE webhook_id = :webhook_id AND number > :after
ORDER BY number
LIMIT :limit

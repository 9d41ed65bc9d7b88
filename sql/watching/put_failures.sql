-- Events that a receiver did not take after the last try.
-- batch: webhook_id STRING, number INTEGER, event_id STRING, attempts INTEGER, status INTEGER?, problem STRING, failed_at STRING
-- out:   nothing
-- order: none
-- user:  api/watching/progress.py
INSERT INTO webhook_failures (
  webhook_id, number, event_id, attempts, status, problem, failed_at
) VALUES (
  :webhook_id, :number, :event_id, :attempts, :status, :problem, :failed_at
) ON CONFLICT (webhook_id, number) DO UPDATE SET
  event_id = excluded.event_id, attempts = excluded.attempts, status = excluded.status, problem = excluded.problem,
  failed_at = excluded.failed_at

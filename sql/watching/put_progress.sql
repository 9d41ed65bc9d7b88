-- How far subscriptions were sent their events, and who sends them.
-- batch: webhook_id STRING, state STRING, reason STRING?, position INTEGER, attempts INTEGER, failed INTEGER, due_at STRING?, last_status INTEGER?, last_at STRING?, lease_owner STRING?, lease_until STRING?
-- out:   nothing
-- order: none
-- user:  api/watching/progress.py
INSERT INTO webhook_progress (
  webhook_id, state, reason, position, attempts, failed, due_at, last_status, last_at, lease_owner, lease_until
) VALUES (
  :webhook_id, :state, :reason, :position, :attempts, :failed, :due_at, :last_status, :last_at, :lease_owner,
  :lease_until
) ON CONFLICT (webhook_id) DO UPDATE SET
  state = excluded.state, reason = excluded.reason, position = excluded.position, attempts = excluded.attempts, failed =
  excluded.failed, due_at = excluded.due_at, last_status = excluded.last_status, last_at = excluded.last_at, lease_owner
  = excluded.lease_owner, lease_until = excluded.lease_until

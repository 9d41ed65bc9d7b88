// How far subscriptions were sent their events, and who sends them.
// batch: webhook_id STRING, state STRING, reason STRING?, position INTEGER, attempts INTEGER, failed INTEGER, due_at STRING?, last_status INTEGER?, last_at STRING?, lease_owner STRING?, lease_until STRING?
// out:   nothing
// order: none
// user:  api/watching/progress.py
UNWIND $rows AS row
MERGE (n:WebhookProgress {webhook_id: row.webhook_id})
SET n = row

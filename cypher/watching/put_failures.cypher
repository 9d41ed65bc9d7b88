// Events that a receiver did not take after the last try.
// batch: webhook_id STRING, number INTEGER, event_id STRING, attempts INTEGER, status INTEGER?, problem STRING, failed_at STRING
// out:   nothing
// order: none
// user:  api/watching/progress.py
UNWIND $rows AS row
MERGE (n:WebhookFailure {webhook_id: row.webhook_id, number: row.number})
SET n = row

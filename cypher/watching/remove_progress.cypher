// Forget how far a subscription was sent its events, and those its receiver did not take.
// in:    $webhook_id STRING
// out:   nothing
// order: none
// user:  api/watching/progress.py
MATCH (n:WebhookFailure {webhook_id: $webhook_id}) DELETE n;
MATCH (n:WebhookProgress {webhook_id: $webhook_id}) DELETE n;

// Remove a subscription.
// in:    $id STRING
// out:   nothing
// order: none
// user:  api/watching/webhooks.py
MATCH (n:Webhook {id: $id})
DELETE n

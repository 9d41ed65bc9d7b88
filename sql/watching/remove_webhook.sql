-- Remove a subscription.
-- in:    $id STRING
-- out:   nothing
-- order: none
-- user:  api/watching/webhooks.py
DELETE FROM webhooks WHERE id = :id

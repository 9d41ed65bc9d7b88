-- Forget how far a subscription was sent its events, and those its receiver did not take.
-- in:    $webhook_id STRING
-- out:   nothing
-- order: none
-- user:  api/watching/progress.py
DELETE FROM webhook_failures WHERE webhook_id = :webhook_id;
DELETE FROM webhook_progress WHERE webhook_id = :webhook_id;

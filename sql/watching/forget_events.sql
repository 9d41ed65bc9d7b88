-- Forget events that were observed before a time.
-- in:    $before STRING
-- out:   nothing
-- order: none
-- user:  api/watching/observations.py
DELETE FROM watch_events WHERE observed_at < :before

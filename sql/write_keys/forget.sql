-- Keys and marks that ended before a moment.
-- in:    $moment STRING
-- out:   nothing
-- order: none
-- user:  api/http/idempotency.py
DELETE FROM write_keys WHERE ends_at < :moment;
DELETE FROM write_marks WHERE ends_at < :moment

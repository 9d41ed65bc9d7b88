-- Keys whose call changed nothing: they may be used again.
-- batch: id STRING
-- out:   nothing
-- order: none
-- user:  api/http/idempotency.py
DELETE FROM write_keys WHERE id = :id

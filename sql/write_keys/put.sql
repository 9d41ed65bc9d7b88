-- Keys of writes: what was sent under them, and what was answered once that is known.
-- batch: id STRING, request STRING, state STRING, lease_until STRING, ends_at STRING, status INTEGER, headers STRING, body STRING
-- out:   nothing
-- order: none
-- user:  api/http/idempotency.py
INSERT INTO write_keys (
  id, request, state, lease_until, ends_at, status, headers, body
) VALUES (
  :id, :request, :state, :lease_until, :ends_at, :status, :headers, :body
) ON CONFLICT (id) DO UPDATE SET
  request = excluded.request, state = excluded.state, lease_until = excluded.lease_until, ends_at = excluded.ends_at, status = excluded.status, headers = excluded.headers, body = excluded.body

-- What is known of a key; no row where it is new.
-- in:    $id STRING
-- out:   id STRING, request STRING, state STRING, lease_until STRING, ends_at STRING, status INTEGER, headers STRING, body STRING
-- order: id; at most 1 row
-- user:  api/http/idempotency.py
SELECT
  id,
  request,
  state,
  lease_until,
  ends_at,
  status,
  headers,
  body
FROM write_keys
WHERE id = :id

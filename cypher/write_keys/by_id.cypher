// What is known of a key; no row where it is new.
// in:    $id STRING
// out:   id STRING, request STRING, state STRING, lease_until STRING, ends_at STRING, status INTEGER, headers STRING, body STRING
// order: id; at most 1 row
// user:  api/http/idempotency.py
MATCH (n:WriteKey {id: $id})
RETURN
  n.id AS id,
  n.request AS request,
  n.state AS state,
  n.lease_until AS lease_until,
  n.ends_at AS ends_at,
  n.status AS status,
  n.headers AS headers,
  n.body AS body

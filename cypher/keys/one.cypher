// One key.
// in:    $id STRING
// out:   id STRING, name STRING, role STRING, groups STRING, datasets STRING, partner STRING?, purpose STRING?, record_id STRING?, secret_hash STRING, previous_hash STRING?, previous_until STRING?, requests_per_minute INTEGER?, created_at STRING, created_by STRING, ends_on STRING, used_on STRING?, revoked_at STRING?, revoked_by STRING?
// order: none; at most 1 row
// user:  api/keys/api_keys.py, api/watching/deliveries.py
MATCH (n:ApiKey {id: $id})
RETURN
  n.id AS id, n.name AS name, n.role AS role, n.groups AS groups,
  n.datasets AS datasets, n.partner AS partner, n.purpose AS purpose, n.record_id AS record_id,
  n.secret_hash AS secret_hash, n.previous_hash AS previous_hash, n.previous_until AS previous_until, n.requests_per_minute AS requests_per_minute,
  n.created_at AS created_at, n.created_by AS created_by, n.ends_on AS ends_on, n.used_on AS used_on,
  n.revoked_at AS revoked_at, n.revoked_by AS revoked_by

-- One key.
-- in:    $id STRING
-- out:   id STRING, name STRING, role STRING, groups STRING, datasets STRING, partner STRING?, purpose STRING?, record_id STRING?, secret_hash STRING, previous_hash STRING?, previous_until STRING?, requests_per_minute INTEGER?, created_at STRING, created_by STRING, ends_on STRING, used_on STRING?, revoked_at STRING?, revoked_by STRING?
-- order: none; at most 1 row
-- user:  api/keys/api_keys.py, api/watching/deliveries.py
SELECT
  id, name, role, groups, datasets, partner,
  purpose, record_id, secret_hash, previous_hash, previous_until, requests_per_minute,
  created_at, created_by, ends_on, used_on, revoked_at, revoked_by
FROM api_keys
WHERE id = :id

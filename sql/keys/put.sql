-- New keys; an id that is there stays what it is.
-- batch: id STRING, name STRING, role STRING, groups STRING, datasets STRING, partner STRING?, purpose STRING?, record_id STRING?, secret_hash STRING, previous_hash STRING?, previous_until STRING?, requests_per_minute INTEGER?, created_at STRING, created_by STRING, ends_on STRING, used_on STRING?, revoked_at STRING?, revoked_by STRING?
-- out:   nothing
-- order: none
-- user:  api/keys/api_keys.py, api/runs/key_rotation.py
INSERT INTO api_keys (
  id, name, role, groups, datasets, partner,
  purpose, record_id, secret_hash, previous_hash, previous_until, requests_per_minute,
  created_at, created_by, ends_on, used_on, revoked_at, revoked_by
) VALUES (
  :id, :name, :role, :groups, :datasets, :partner,
  :purpose, :record_id, :secret_hash, :previous_hash, :previous_until, :requests_per_minute,
  :created_at, :created_by, :ends_on, :used_on, :revoked_at, :revoked_by
) ON CONFLICT (id) DO NOTHING

// New keys; an id that is there stays what it is.
// batch: id STRING, name STRING, role STRING, groups STRING, datasets STRING, partner STRING?, purpose STRING?, record_id STRING?, secret_hash STRING, previous_hash STRING?, previous_until STRING?, requests_per_minute INTEGER?, created_at STRING, created_by STRING, ends_on STRING, used_on STRING?, revoked_at STRING?, revoked_by STRING?
// out:   nothing
// order: none
// user:  api/keys/api_keys.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:ApiKey {id: row.id})
ON CREATE SET n = row

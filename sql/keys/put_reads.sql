-- Reads of persons through the API, each under a record of the person; a line put again changes nothing.
-- batch: record_id STRING, read_at STRING, key_id STRING, route STRING, purpose STRING, role STRING, partner STRING, name STRING
-- out:   nothing
-- order: none
-- user:  api/keys/readers_log.py, api/runs/key_rotation.py
INSERT INTO person_reads (
  record_id, read_at, key_id, route, purpose, role, partner, name
) VALUES (
  :record_id, :read_at, :key_id, :route, :purpose, :role, :partner, :name
) ON CONFLICT (record_id, read_at, key_id, route, purpose) DO NOTHING

-- Every read of a person.
-- in:    nothing
-- out:   record_id STRING, read_at STRING, key_id STRING, route STRING, purpose STRING, role STRING, partner STRING, name STRING
-- order: record_id, read_at, key_id, route, purpose; all rows
-- user:  api/runs/key_rotation.py
SELECT
  record_id, read_at, key_id, route, purpose, role, partner, name
FROM person_reads
ORDER BY record_id, read_at, key_id, route, purpose

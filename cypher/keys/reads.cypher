// Every read of a person.
// in:    nothing
// out:   record_id STRING, read_at STRING, key_id STRING, route STRING, purpose STRING, role STRING, partner STRING, name STRING
// order: record_id, read_at, key_id, route, purpose; all rows
// user:  api/runs/key_rotation.py
MATCH (n:PersonRead)
RETURN
  n.record_id AS record_id, n.read_at AS read_at, n.key_id AS key_id, n.route AS route,
  n.purpose AS purpose, n.role AS role, n.partner AS partner, n.name AS name
ORDER BY record_id, read_at, key_id, route, purpose

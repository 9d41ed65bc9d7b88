// Reads of persons through the API, each under a record of the person; a line put again changes nothing.
// batch: record_id STRING, read_at STRING, key_id STRING, route STRING, purpose STRING, role STRING, partner STRING, name STRING
// out:   nothing
// order: none
// user:  api/keys/readers_log.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:PersonRead {
  record_id: row.record_id, read_at: row.read_at, key_id: row.key_id, route: row.route, purpose: row.purpose
})
ON CREATE SET n.role = row.role, n.partner = row.partner, n.name = row.name

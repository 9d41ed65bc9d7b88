// Who read of a party's records, the latest first; from before a place in that order.
// in:    $entity_id STRING, $before STRING, $limit INTEGER 1..1001
// out:   record_id STRING, read_at STRING, key_id STRING, route STRING, purpose STRING, role STRING, partner STRING, name STRING, place STRING
// order: place (time, key, route, purpose and record) descending; at most $limit rows
// user:  api/keys/readers.py
MATCH (r:Record {entity_id: $entity_id})
MATCH (n:PersonRead {record_id: r.id})
WITH n, n.read_at + ' ' + n.key_id + ' ' + n.route + ' ' + n.purpose + ' ' + n.record_id AS place
WHERE place < $before
RETURN
  n.record_id AS record_id, n.read_at AS read_at, n.key_id AS key_id, n.route AS route,
  n.purpose AS purpose, n.role AS role, n.partner AS partner, n.name AS name, place
ORDER BY place DESC
LIMIT $limit

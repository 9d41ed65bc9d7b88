-- Who read of a party's records, the latest first; from before a place in that order.
-- in:    $entity_id STRING, $before STRING, $limit INTEGER 1..1001
-- out:   record_id STRING, read_at STRING, key_id STRING, route STRING, purpose STRING, role STRING, partner STRING, name STRING, place STRING
-- order: place (time, key, route, purpose and record) descending; at most $limit rows
-- user:  api/keys/readers.py
SELECT
  n.record_id, n.read_at, n.key_id, n.route, n.purpose, n.role, n.partner, n.name,
  n.read_at || ' ' || n.key_id || ' ' || n.route || ' ' || n.purpose || ' ' || n.record_id AS place
FROM members AS m
JOIN person_reads AS n ON n.record_id = m.record_id
WHERE m.entity_id = :entity_id AND n.read_at || ' ' || n.key_id || ' ' || n.route || ' ' || n.purpose || ' ' || n.record_id < :before
ORDER BY place DESC
LIMIT :limit

// Which of these parties are persons, and one record of each.
// in:    $ids LIST<STRING>
// out:   id STRING, record_id STRING
// order: id; all rows
// user:  api/keys/readers_log.py
MATCH (e:Entity)
WHERE e.id IN $ids AND e.kind = 'person'
MATCH (r:Record {entity_id: e.id})
RETURN e.id AS id, min(r.id) AS record_id
ORDER BY id

// The parties these records belong to.
// in:    $ids LIST<STRING>
// out:   entity_id STRING
// order: entity_id; all rows
// user:  api/parties/profiles.py
MATCH (r:Record)
WHERE r.id IN $ids AND r.entity_id IS NOT NULL
RETURN DISTINCT r.entity_id AS entity_id
ORDER BY entity_id

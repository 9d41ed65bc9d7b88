// The greatest exposure in any profile of each of these parties; none where nothing reaches it.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, exposure FLOAT
// order: entity_id; all rows
// user:  api/context/kept_answers.py
MATCH (s:Signal)
WHERE s.entity_id IN $ids AND s.name STARTS WITH 'risk:'
RETURN s.entity_id AS entity_id, max(s.exposure) AS exposure
ORDER BY entity_id

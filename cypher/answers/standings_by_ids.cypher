// Standing, score and state of these parties, without the lines that made them.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, standing STRING, value INTEGER?, state STRING?
// order: entity_id; all rows
// user:  api/context/kept_answers.py
MATCH (s:Score)
WHERE s.entity_id IN $ids
RETURN s.entity_id AS entity_id, s.standing AS standing, s.value AS value, s.state AS state
ORDER BY entity_id

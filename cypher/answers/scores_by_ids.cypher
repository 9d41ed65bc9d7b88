// The scores or states of these parties.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
// order: entity_id; all rows
// user:  resolution/judgements/review_queue.py, api/context/kept_answers.py
MATCH (s:Score)
WHERE s.entity_id IN $ids
RETURN s.entity_id AS entity_id, s.standing AS standing, s.value AS value, s.state AS state, s.band AS band, s.document AS document
ORDER BY entity_id

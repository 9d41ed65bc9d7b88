-- Standing, score and state of these parties, without the lines that made them.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, standing STRING, value INTEGER?, state STRING?
-- order: entity_id; all rows
-- user:  api/context/kept_answers.py
SELECT entity_id, standing, value, state
FROM scores
WHERE entity_id IN (SELECT value FROM json_each(:ids))
ORDER BY entity_id

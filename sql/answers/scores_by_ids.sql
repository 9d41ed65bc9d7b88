-- The scores or states of these parties.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
-- order: entity_id; all rows
-- user:  resolution/judgements/review_queue.py, api/context/kept_answers.py
SELECT entity_id, standing, value, state, band, document
FROM scores
WHERE entity_id IN (SELECT value FROM json_each(:ids))
ORDER BY entity_id

-- How many records each of these parties has.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, n INTEGER
-- order: entity_id; all rows
-- user:  resolution/judgements/review_queue.py, api/reviews/queue.py
SELECT entity_id, count(*) AS n
FROM members
WHERE entity_id IN (SELECT value FROM json_each(:ids))
GROUP BY entity_id
ORDER BY entity_id

// How many records each of these parties has.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, n INTEGER
// order: entity_id; all rows
// user:  resolution/judgements/review_queue.py, api/reviews/queue.py
MATCH (n:Record)
WHERE n.entity_id IN $ids
RETURN n.entity_id AS entity_id, count(n) AS n
ORDER BY entity_id

-- Parties under exactly this key of a name (or name, or code): an index look-up, whatever the store's size.
-- in:    $folded STRING, $limit INTEGER 1..201
-- out:   entity_id STRING
-- order: entity_id; at most $limit rows
-- user:  api/screenings/matching.py
SELECT DISTINCT entity_id
FROM entity_names
WHERE folded = :folded
ORDER BY entity_id
LIMIT :limit

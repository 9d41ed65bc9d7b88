-- Which of these parties are sources in a profile, and who never receives what each listing brings.
-- in:    $profile STRING, $ids LIST<STRING>
-- out:   entity_id STRING, listing_id STRING, strength FLOAT, blocked STRING
-- order: entity_id, listing_id; all rows
-- user:  graph/signals/reaches.py
SELECT entity_id, listing_id, strength, blocked
FROM carried_seeds
WHERE profile = :profile AND entity_id IN (SELECT value FROM json_each(:ids))
ORDER BY entity_id, listing_id

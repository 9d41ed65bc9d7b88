-- The parties these records belong to.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING
-- order: entity_id; all rows
-- user:  api/parties/profiles.py
SELECT DISTINCT entity_id
FROM members
WHERE record_id IN (SELECT value FROM json_each(:ids))
ORDER BY entity_id

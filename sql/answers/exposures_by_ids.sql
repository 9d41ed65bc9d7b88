-- The greatest exposure in any profile of each of these parties; none where nothing reaches it.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, exposure FLOAT
-- order: entity_id; all rows
-- user:  api/context/kept_answers.py
SELECT entity_id, max(exposure) AS exposure
FROM signals
WHERE entity_id IN (SELECT value FROM json_each(:ids)) AND name LIKE 'risk:%'
GROUP BY entity_id
ORDER BY entity_id

-- The party each of these records belongs to; a record that was not resolved, or is gone, is left out.
-- in:    $ids LIST<STRING>
-- out:   record_id STRING, entity_id STRING
-- order: record_id; all rows
-- user:  resolution/judgements/record_parties.py
SELECT record_id, entity_id
FROM members
WHERE record_id IN (SELECT value FROM json_each(:ids))
ORDER BY record_id

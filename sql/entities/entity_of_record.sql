-- The party of one record, or nothing.
-- in:    $record_id STRING
-- out:   entity_id STRING
-- order: entity_id; at most one row
-- user:  api/parties/search.py
SELECT entity_id
FROM members
WHERE record_id = :record_id
ORDER BY entity_id

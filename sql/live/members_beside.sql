-- The records of the parties that these records belong to.
-- in:    $record_ids LIST<STRING>
-- out:   record_id STRING, entity_id STRING
-- order: record_id; all rows
-- user:  resolution/live/rewriting.py
SELECT
  record_id, entity_id
FROM members
WHERE entity_id IN (
  SELECT entity_id FROM members WHERE record_id IN (SELECT value FROM json_each(:record_ids))
)
ORDER BY record_id

-- Of these records of firms and agencies those they own, direct, represent, control or are a branch of, as sources link them.
-- in:    $record_ids LIST<STRING>
-- out:   record_id STRING, other_id STRING
-- order: record_id, other_id; all rows
-- user:  resolution/live/dirty.py
SELECT DISTINCT
  n.source_id AS record_id, n.target_id AS other_id
FROM links AS n
JOIN records AS r ON r.id = n.source_id
WHERE n.source_id IN (SELECT value FROM json_each(:record_ids))
  AND n.kind IN ('OWNS', 'DIRECTS', 'REPRESENTS', 'CONTROLS', 'BRANCH_OF') AND r.kind <> 'person'
ORDER BY record_id, other_id

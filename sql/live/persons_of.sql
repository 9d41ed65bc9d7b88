-- Records of persons, and of unknown kind, that stand beside these records of firms and agencies, as sources link them.
-- in:    $firm_ids LIST<STRING>
-- out:   person_id STRING
-- order: person_id; all rows
-- user:  resolution/live/changes.py
SELECT DISTINCT
  n.source_id AS person_id
FROM links AS n
JOIN records AS p ON p.id = n.source_id
WHERE n.target_id IN (SELECT value FROM json_each(:firm_ids))
  AND n.kind IN ('OWNS', 'DIRECTS', 'REPRESENTS') AND p.kind IN ('person', 'unknown')
ORDER BY person_id

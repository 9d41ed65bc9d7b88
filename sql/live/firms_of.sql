-- Records of firms and agencies that these records of persons, or of unknown kind, stand beside, as sources link them.
-- in:    $person_ids LIST<STRING>
-- out:   person_id STRING, firm_id STRING
-- order: person_id, firm_id; all rows
-- user:  resolution/live/dirty.py
SELECT DISTINCT
  n.source_id AS person_id, n.target_id AS firm_id
FROM links AS n
JOIN records AS p ON p.id = n.source_id
JOIN records AS f ON f.id = n.target_id
WHERE n.source_id IN (SELECT value FROM json_each(:person_ids))
  AND n.kind IN ('OWNS', 'DIRECTS', 'REPRESENTS') AND p.kind IN ('person', 'unknown') AND f.kind IN ('firm', 'agency')
ORDER BY person_id, firm_id

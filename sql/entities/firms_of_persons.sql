-- Records of persons, and of unknown kind, beside the records of firms and agencies they own, direct or represent, as sources link them.
-- in:    nothing
-- out:   person_id STRING, firm_id STRING
-- order: person_id, firm_id; all rows
-- user:  resolution/pipeline.py
-- columns: bulk, for Store.columns
SELECT DISTINCT
  n.source_id AS person_id, n.target_id AS firm_id
FROM links AS n NOT INDEXED
JOIN records AS p ON p.id = n.source_id
JOIN records AS f ON f.id = n.target_id
WHERE n.kind IN ('OWNS', 'DIRECTS', 'REPRESENTS') AND p.kind IN ('person', 'unknown') AND f.kind IN ('firm', 'agency')
ORDER BY person_id, firm_id

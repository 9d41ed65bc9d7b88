-- Records of firms and agencies with the records they own, direct, represent, control or are a branch of, as sources link them.
-- in:    nothing
-- out:   record_id STRING, other_id STRING
-- order: record_id, other_id; all rows
-- user:  resolution/pipeline.py
-- columns: bulk, for Store.columns
SELECT DISTINCT
  n.source_id AS record_id, n.target_id AS other_id
FROM links AS n NOT INDEXED
JOIN records AS r ON r.id = n.source_id
WHERE n.kind IN ('OWNS', 'DIRECTS', 'REPRESENTS', 'CONTROLS', 'BRANCH_OF') AND r.kind <> 'person'
ORDER BY record_id, other_id

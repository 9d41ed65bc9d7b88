-- Records and experiences that an earlier state of a source no longer stated.
-- in:    $file_id STRING
-- out:   kind STRING, id STRING
-- order: kind, id; all rows
-- user:  resolution/sources/states.py
-- columns: bulk, for Store.columns
SELECT DISTINCT kind, id
FROM source_changes
WHERE file_id = :file_id AND change = 'went' AND kind IN ('records', 'experiences')
ORDER BY kind, id

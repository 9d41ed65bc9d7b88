-- Ids of all that one file states, by table; what other files state too among them.
-- in:    $file_id STRING
-- out:   kind STRING, id STRING
-- order: kind, id; all rows
-- user:  resolution/sources/states.py
-- columns: bulk, for Store.columns
SELECT 'records' AS kind, id FROM records WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$'
UNION SELECT 'links', id FROM links WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$'
UNION SELECT 'listings', id FROM listings WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$'
UNION SELECT 'recognitions', id FROM recognitions WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$'
UNION SELECT kind, id FROM file_statements WHERE file_id = :file_id
ORDER BY kind, id

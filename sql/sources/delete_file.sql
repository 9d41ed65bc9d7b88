-- Remove one file with its rows and every statement that came from it.
-- in:    $file_id STRING
-- out:   nothing
-- order: none
-- user:  resolution/sources/shared_statements.py
DELETE FROM links WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$';
DELETE FROM listings WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$';
DELETE FROM recognitions WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$';
DELETE FROM experiences WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$';
DELETE FROM members WHERE record_id IN (SELECT id FROM records WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$');
DELETE FROM records WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$';
DELETE FROM file_statements WHERE file_id = :file_id;
DELETE FROM source_states WHERE file_id = :file_id;
DELETE FROM source_prints WHERE file_id = :file_id;
DELETE FROM source_changes WHERE file_id = :file_id;
DELETE FROM row_blocks WHERE file_id = :file_id;
DELETE FROM files WHERE id = :file_id;

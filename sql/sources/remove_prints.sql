-- Remove the prints of a source's last delivery.
-- in:    $file_id STRING
-- out:   nothing
-- order: none
-- user:  resolution/sources/row_prints.py
DELETE FROM source_prints WHERE file_id = :file_id

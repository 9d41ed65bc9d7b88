-- The prints of the rows of a source's last delivery, in parts of one text.
-- in:    $file_id STRING
-- out:   part INTEGER, content STRING
-- order: part; all rows
-- user:  resolution/sources/row_prints.py
SELECT part, content
FROM source_prints
WHERE file_id = :file_id
ORDER BY part

-- The prints of the rows of a source's last delivery, in parts of one text.
-- batch: file_id STRING, part INTEGER, content STRING
-- out:   nothing
-- order: none
-- user:  resolution/sources/row_prints.py
INSERT INTO source_prints (file_id, part, content) VALUES (:file_id, :part, :content)
ON CONFLICT (file_id, part) DO UPDATE SET content = excluded.content

-- Source rows as JSON text, up to 1,000 to a block; personal ids are masked already.
-- batch: file_id STRING, first_number INTEGER, last_number INTEGER, content STRING
-- out:   nothing
-- order: none
-- user:  resolution/sources/loads.py, resolution/sources/states.py
INSERT INTO row_blocks (
  file_id, first_number, last_number, content
) VALUES (
  :file_id, :first_number, :last_number, :content
) ON CONFLICT (file_id, first_number) DO UPDATE SET
  last_number = excluded.last_number, content = excluded.content

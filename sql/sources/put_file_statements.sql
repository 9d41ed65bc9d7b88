-- What a file says under an id that several files tell: a row of the table `kind`, as JSON.
-- batch: kind STRING, id STRING, file_id STRING, row_id STRING, document STRING
-- out:   nothing
-- order: none
-- user:  resolution/sources/repairs.py, resolution/sources/shared_statements.py
INSERT INTO file_statements (
  kind, id, file_id, row_id, document
) VALUES (
  :kind, :id, :file_id, :row_id, :document
) ON CONFLICT (kind, id, file_id) DO UPDATE SET
  row_id = excluded.row_id, document = excluded.document

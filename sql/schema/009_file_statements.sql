-- What each file says under an id that several files tell, and what marks files of the same bytes.
CREATE TABLE file_statements (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, id, file_id)
) WITHOUT ROWID;
CREATE INDEX file_statements_file_id ON file_statements (file_id);
ALTER TABLE files ADD COLUMN content_id TEXT NOT NULL DEFAULT '';

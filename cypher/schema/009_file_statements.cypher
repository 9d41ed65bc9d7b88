// What each file says under an id that several files tell, and what marks files of the same bytes.
CREATE CONSTRAINT file_statement_key IF NOT EXISTS FOR (n:FileStatement) REQUIRE (n.kind, n.id, n.file_id) IS UNIQUE;
CREATE INDEX file_statement_id IF NOT EXISTS FOR (n:FileStatement) ON (n.kind, n.id);
CREATE INDEX file_statement_file_id IF NOT EXISTS FOR (n:FileStatement) ON (n.file_id);
MATCH (n:File) WHERE n.content_id IS NULL SET n.content_id = '';

// Who publishes a file and under which licence, and the states that a source went through: what came, changed and went with each.
CREATE CONSTRAINT source_state_key IF NOT EXISTS FOR (n:SourceState) REQUIRE (n.file_id, n.state) IS UNIQUE;
CREATE CONSTRAINT source_change_key IF NOT EXISTS FOR (n:SourceChange) REQUIRE (n.file_id, n.state, n.kind, n.id) IS UNIQUE;
CREATE CONSTRAINT source_prints_key IF NOT EXISTS FOR (n:SourcePrints) REQUIRE (n.file_id, n.part) IS UNIQUE;
CREATE INDEX source_change_id IF NOT EXISTS FOR (n:SourceChange) ON (n.id);
CREATE INDEX source_change_file_id IF NOT EXISTS FOR (n:SourceChange) ON (n.file_id);
MATCH (n:File) WHERE n.state IS NULL SET n.pack = '', n.publisher = '', n.licence = '', n.state = 1;

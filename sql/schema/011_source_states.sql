-- Who publishes a file and under which licence, and the states that a source went through: what came, changed and went with each.
ALTER TABLE files ADD COLUMN pack TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN state INTEGER NOT NULL DEFAULT 1;
CREATE TABLE source_states (
  file_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  day TEXT NOT NULL,
  content_id TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  counts TEXT NOT NULL,
  PRIMARY KEY (file_id, state)
) WITHOUT ROWID;
CREATE TABLE source_changes (
  file_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  change TEXT NOT NULL,
  before TEXT,
  PRIMARY KEY (file_id, state, kind, id)
) WITHOUT ROWID;
CREATE TABLE source_prints (
  file_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (file_id, part)
);
CREATE INDEX source_changes_id ON source_changes (id);

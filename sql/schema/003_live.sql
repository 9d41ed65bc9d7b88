-- What live resolution looks up: packed blocks of the last full run, and what changed since.
CREATE TABLE live_blocks (
  shelf TEXT NOT NULL,
  block INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (shelf, block)
);
CREATE TABLE live_changes (
  shelf TEXT NOT NULL,
  key INTEGER NOT NULL,
  value INTEGER NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (shelf, key, value)
) WITHOUT ROWID;
CREATE TABLE live_records (
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (number)
);
CREATE TABLE live_queue (
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, item)
) WITHOUT ROWID;
CREATE INDEX judgements_people_left ON judgements (left_id) WHERE substr("by", 1, 6) <> 'model:';

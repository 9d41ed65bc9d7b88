-- The tables: what sources state, what people judged, and what is derived from both.
CREATE TABLE files (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  dataset TEXT NOT NULL,
  mapping TEXT NOT NULL,
  mapping_version TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  loaded_at TEXT NOT NULL,
  complete INTEGER NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE row_blocks (
  file_id TEXT NOT NULL,
  first_number INTEGER NOT NULL,
  last_number INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (file_id, first_number)
);
CREATE TABLE records (
  id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source_class TEXT NOT NULL,
  row_id TEXT NOT NULL,
  release_id TEXT,
  kind TEXT NOT NULL,
  observed_on TEXT,
  document TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE links (
  id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source_class TEXT NOT NULL,
  row_id TEXT NOT NULL,
  release_id TEXT,
  kind TEXT NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  share REAL,
  amount REAL,
  currency TEXT,
  role TEXT,
  verified INTEGER NOT NULL,
  began_on TEXT,
  ended_on TEXT,
  fact_key TEXT,
  PRIMARY KEY (id)
);
CREATE TABLE listings (
  id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source_class TEXT NOT NULL,
  row_id TEXT NOT NULL,
  release_id TEXT,
  list_type TEXT NOT NULL,
  record_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  case_no TEXT,
  listed_on TEXT NOT NULL,
  ends_on TEXT,
  removed_on TEXT,
  removal_ground TEXT,
  reason TEXT,
  duty TEXT,
  performance TEXT,
  amount REAL,
  currency TEXT,
  creditor_ids TEXT NOT NULL,
  disputed_since TEXT,
  decision_due_on TEXT,
  PRIMARY KEY (id)
);
CREATE TABLE recognitions (
  id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source_class TEXT NOT NULL,
  row_id TEXT NOT NULL,
  release_id TEXT,
  mark TEXT NOT NULL,
  record_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  given_on TEXT NOT NULL,
  ends_on TEXT,
  reference TEXT,
  amount REAL,
  currency TEXT,
  PRIMARY KEY (id)
);
CREATE TABLE experiences (
  id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source_class TEXT NOT NULL,
  row_id TEXT NOT NULL,
  release_id TEXT,
  reporter_id TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  dealing TEXT NOT NULL,
  outcome TEXT NOT NULL,
  rating REAL,
  amount REAL,
  currency TEXT,
  happened_on TEXT NOT NULL,
  fact_key TEXT,
  disputed INTEGER NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE judgements (
  left_id TEXT NOT NULL,
  right_id TEXT NOT NULL,
  verdict TEXT NOT NULL,
  "by" TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  match_weight REAL,
  PRIMARY KEY (left_id, right_id, "by", decided_at)
) WITHOUT ROWID;
CREATE TABLE entities (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_other TEXT,
  place TEXT,
  document TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE members (
  record_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  PRIMARY KEY (record_id)
) WITHOUT ROWID;
CREATE TABLE redirects (
  old_id TEXT NOT NULL,
  surviving_id TEXT NOT NULL,
  PRIMARY KEY (old_id)
) WITHOUT ROWID;
CREATE TABLE events (
  id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  other_id TEXT,
  record_ids TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE entity_names (
  entity_id TEXT NOT NULL,
  folded TEXT NOT NULL,
  shown TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (entity_id, shown)
) WITHOUT ROWID;
CREATE TABLE hubs (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE ties (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  share REAL,
  amount REAL,
  currency TEXT,
  verified INTEGER NOT NULL,
  role TEXT,
  began_on TEXT,
  ended_on TEXT,
  link_ids TEXT NOT NULL,
  flags TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE signals (
  entity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  own REAL NOT NULL,
  exposure REAL NOT NULL,
  PRIMARY KEY (entity_id, name)
) WITHOUT ROWID;
CREATE TABLE scores (
  entity_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  as_of TEXT NOT NULL,
  rulebook TEXT NOT NULL,
  standing TEXT NOT NULL,
  value INTEGER,
  state TEXT,
  band TEXT,
  document TEXT NOT NULL,
  PRIMARY KEY (entity_id)
);
CREATE TABLE meta (
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (key)
) WITHOUT ROWID;
CREATE INDEX links_source_id ON links (source_id);
CREATE INDEX links_target_id ON links (target_id);
CREATE INDEX listings_record_id ON listings (record_id);
CREATE INDEX recognitions_record_id ON recognitions (record_id);
CREATE INDEX experiences_subject_id ON experiences (subject_id);
CREATE INDEX experiences_reporter_id ON experiences (reporter_id);
CREATE INDEX members_entity_id ON members (entity_id);
CREATE INDEX redirects_surviving_id ON redirects (surviving_id);
CREATE INDEX events_entity_id ON events (entity_id);
CREATE INDEX entity_names_folded ON entity_names (folded);
CREATE INDEX ties_source_id ON ties (source_id);
CREATE INDEX ties_target_id ON ties (target_id);
CREATE INDEX scores_value ON scores (value);

-- Keys of the API with a hash of their secret, and who read of which person, when, through which route and for what purpose.
CREATE TABLE api_keys (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  groups TEXT NOT NULL,
  datasets TEXT NOT NULL,
  partner TEXT,
  purpose TEXT,
  record_id TEXT,
  secret_hash TEXT NOT NULL,
  previous_hash TEXT,
  previous_until TEXT,
  requests_per_minute INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  used_on TEXT,
  revoked_at TEXT,
  revoked_by TEXT,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE person_reads (
  record_id TEXT NOT NULL,
  read_at TEXT NOT NULL,
  key_id TEXT NOT NULL,
  route TEXT NOT NULL,
  purpose TEXT NOT NULL,
  role TEXT NOT NULL,
  partner TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (record_id, read_at, key_id, route, purpose)
) WITHOUT ROWID;

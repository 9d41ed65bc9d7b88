-- Jobs of a server with their results, and the keys by which a write that is sent again is known.
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  stage TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  version INTEGER NOT NULL,
  options TEXT NOT NULL,
  place TEXT NOT NULL,
  runner TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  started_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  leaving TEXT NOT NULL,
  report TEXT NOT NULL,
  problem TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX jobs_state ON jobs (state, lane);
CREATE INDEX jobs_owner ON jobs (owner, id);
CREATE TABLE job_results (
  job_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, part)
) WITHOUT ROWID;
CREATE TABLE write_keys (
  id TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  state TEXT NOT NULL,
  lease_until TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX write_keys_ends_at ON write_keys (ends_at);
CREATE TABLE write_marks (
  id TEXT PRIMARY KEY,
  ends_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX write_marks_ends_at ON write_marks (ends_at);

-- Lists of watched parties and rows, what was last seen of each, the events that differences made, and who is sent them.
CREATE TABLE watchlists (
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT,
  active_until TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE watch_entries (
  id TEXT NOT NULL,
  watchlist_id TEXT NOT NULL,
  entity_id TEXT,
  name TEXT,
  code TEXT,
  place TEXT,
  country TEXT,
  reference TEXT,
  note TEXT,
  active_until TEXT,
  created_at TEXT NOT NULL,
  present_id TEXT,
  version INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE INDEX watch_entries_watchlist_id ON watch_entries (watchlist_id);
CREATE INDEX watch_entries_entity_id ON watch_entries (entity_id);
CREATE INDEX watch_entries_present_id ON watch_entries (present_id);
CREATE TABLE watch_events (
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  watchlist_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  observed_at TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (number)
);
CREATE UNIQUE INDEX watch_events_id ON watch_events (id);
CREATE INDEX watch_events_watchlist_id ON watch_events (watchlist_id, number);
CREATE INDEX watch_events_observed_at ON watch_events (observed_at);
CREATE TABLE webhooks (
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  watchlist_id TEXT,
  salt TEXT NOT NULL,
  former_salt TEXT,
  former_until TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE webhook_progress (
  webhook_id TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  position INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  due_at TEXT,
  last_status INTEGER,
  last_at TEXT,
  lease_owner TEXT,
  lease_until TEXT,
  PRIMARY KEY (webhook_id)
) WITHOUT ROWID;
CREATE TABLE webhook_failures (
  webhook_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  status INTEGER,
  problem TEXT NOT NULL,
  failed_at TEXT NOT NULL,
  PRIMARY KEY (webhook_id, number)
) WITHOUT ROWID;
CREATE INDEX events_other_id ON events (other_id);

-- What the signals were when they were last computed, packed: a later run takes them up instead of beginning anew.
CREATE TABLE signal_state (
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (name, part)
) WITHOUT ROWID;
-- What each tie carries, for rounds within the store: `wave` is what arrived in the last round, `total` what arrived in all.
CREATE TABLE carriers (
  id TEXT NOT NULL,
  wave REAL,
  next REAL,
  total REAL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE carried (
  profile TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  receiver_id TEXT NOT NULL,
  coefficient REAL NOT NULL,
  PRIMARY KEY (profile, sender_id, receiver_id)
) WITHOUT ROWID;
CREATE TABLE carried_shared (
  profile TEXT NOT NULL,
  hub_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  coefficient REAL NOT NULL,
  PRIMARY KEY (profile, hub_id, entity_id)
) WITHOUT ROWID;
CREATE TABLE carried_seeds (
  profile TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  listing_id TEXT NOT NULL,
  strength REAL NOT NULL,
  blocked TEXT NOT NULL,
  PRIMARY KEY (profile, entity_id, listing_id)
) WITHOUT ROWID;
CREATE INDEX carried_receiver_id ON carried (profile, receiver_id);
CREATE INDEX carried_shared_entity_id ON carried_shared (profile, entity_id);

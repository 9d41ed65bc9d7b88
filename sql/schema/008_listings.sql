-- A listing may lack the day it was made, and names its programme; a tie may be told as held through others.
CREATE TABLE listings_with_open_day (
  id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source_class TEXT NOT NULL,
  row_id TEXT NOT NULL,
  release_id TEXT,
  list_type TEXT NOT NULL,
  record_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  programme TEXT,
  case_no TEXT,
  listed_on TEXT,
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
INSERT INTO listings_with_open_day (
  id, dataset, source_class, row_id, release_id, list_type, record_id, issuer, case_no, listed_on, ends_on, removed_on,
  removal_ground, reason, duty, performance, amount, currency, creditor_ids, disputed_since, decision_due_on
) SELECT
  id, dataset, source_class, row_id, release_id, list_type, record_id, issuer, case_no, listed_on, ends_on, removed_on,
  removal_ground, reason, duty, performance, amount, currency, creditor_ids, disputed_since, decision_due_on
FROM listings;
DROP TABLE listings;
ALTER TABLE listings_with_open_day RENAME TO listings;
CREATE INDEX listings_record_id ON listings (record_id);
ALTER TABLE links ADD COLUMN indirect INTEGER NOT NULL DEFAULT 0;

-- What people said of cases of circular trade; only ever added to. A ruling speaks about records.
CREATE TABLE ring_rulings (
  id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  verdict TEXT NOT NULL,
  "by" TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  shape TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE ring_records (
  ruling_id TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (ruling_id, record_id)
) WITHOUT ROWID;

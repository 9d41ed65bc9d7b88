-- What persons agreed to; a withdrawal is written beside it and nothing is removed. A consent speaks about records.
CREATE TABLE consents (
  id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  purpose TEXT NOT NULL,
  data_classes TEXT NOT NULL,
  release_ids TEXT NOT NULL,
  given_on TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  evidence TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  assessment TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  withdrawn_at TEXT,
  withdrawn_by TEXT,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE TABLE consent_records (
  consent_id TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (consent_id, record_id)
) WITHOUT ROWID;
CREATE INDEX consent_records_record_id ON consent_records (record_id);

-- The ledger of judgements: what people said of pairs of records. Lines are only ever added; an undo is a line too.
CREATE TABLE ledger (
  id TEXT NOT NULL,
  occasion TEXT NOT NULL,
  left_id TEXT NOT NULL,
  right_id TEXT NOT NULL,
  verdict TEXT,
  undoes TEXT,
  "by" TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE INDEX ledger_left_id ON ledger (left_id);
CREATE INDEX ledger_right_id ON ledger (right_id);
CREATE INDEX ledger_occasion ON ledger (occasion);
CREATE INDEX ledger_undoes ON ledger (undoes);
CREATE INDEX judgements_right_id ON judgements (right_id);

-- What the signals were when they were last computed, packed: a later run takes them up instead of beginning anew.
CREATE TABLE signal_state (
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (name, part)
) WITHOUT ROWID;

-- On which days a person's score was shown under which consent: for the person to ask.
CREATE TABLE consent_looks (
  consent_id TEXT NOT NULL,
  looked_on TEXT NOT NULL,
  PRIMARY KEY (consent_id, looked_on)
) WITHOUT ROWID;

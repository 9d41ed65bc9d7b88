// What persons agreed to; a withdrawal is written beside it and nothing is removed. A consent speaks about records.
CREATE CONSTRAINT consent_id IF NOT EXISTS FOR (n:Consent) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT consent_record_key IF NOT EXISTS FOR (n:ConsentRecord) REQUIRE (n.consent_id, n.record_id) IS UNIQUE;
CREATE INDEX consent_record_consent_id IF NOT EXISTS FOR (n:ConsentRecord) ON (n.consent_id);
CREATE INDEX consent_record_record_id IF NOT EXISTS FOR (n:ConsentRecord) ON (n.record_id);

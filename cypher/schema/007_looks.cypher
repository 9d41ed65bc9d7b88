// On which days a person's score was shown under which consent: for the person to ask.
CREATE CONSTRAINT consent_look_key IF NOT EXISTS FOR (n:ConsentLook) REQUIRE (n.consent_id, n.looked_on) IS UNIQUE;
CREATE INDEX consent_look_consent_id IF NOT EXISTS FOR (n:ConsentLook) ON (n.consent_id);

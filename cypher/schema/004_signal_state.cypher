// What the signals were when they were last computed, packed: a later run takes them up instead of beginning anew.
CREATE CONSTRAINT signalstate_key IF NOT EXISTS FOR (n:SignalState) REQUIRE (n.name, n.part) IS UNIQUE;
// What each tie carries, for rounds within the store: (:Carrier)-[:CARRIES]->(:Carrier) and (:Carrier)-[:SHARES]->(:CarrierHub).
CREATE CONSTRAINT carrier_id IF NOT EXISTS FOR (n:Carrier) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT carrierhub_id IF NOT EXISTS FOR (n:CarrierHub) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT carriedseed_key IF NOT EXISTS FOR (n:CarriedSeed) REQUIRE (n.profile, n.entity_id, n.listing_id) IS UNIQUE;
CREATE INDEX carrier_wave IF NOT EXISTS FOR (n:Carrier) ON (n.wave);

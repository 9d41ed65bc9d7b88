// Keys of the API with a hash of their secret, and who read of which person, when, through which route and for what purpose.
CREATE CONSTRAINT api_key_id IF NOT EXISTS FOR (n:ApiKey) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT person_read_key IF NOT EXISTS FOR (n:PersonRead) REQUIRE (n.record_id, n.read_at, n.key_id, n.route, n.purpose) IS UNIQUE;
CREATE INDEX person_read_record_id IF NOT EXISTS FOR (n:PersonRead) ON (n.record_id);

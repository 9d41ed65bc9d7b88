// What people said of cases of circular trade; only ever added to. A ruling speaks about records.
CREATE CONSTRAINT ring_ruling_id IF NOT EXISTS FOR (n:RingRuling) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT ring_record_key IF NOT EXISTS FOR (n:RingRecord) REQUIRE (n.ruling_id, n.record_id) IS UNIQUE;

// What live resolution looks up: packed blocks of the last full run, and what changed since.
CREATE CONSTRAINT live_block_key IF NOT EXISTS FOR (n:LiveBlock) REQUIRE (n.shelf, n.block) IS UNIQUE;
CREATE CONSTRAINT live_change_key IF NOT EXISTS FOR (n:LiveChange) REQUIRE (n.shelf, n.key, n.value) IS UNIQUE;
CREATE INDEX live_change_shelf_key IF NOT EXISTS FOR (n:LiveChange) ON (n.shelf, n.key);
CREATE CONSTRAINT live_record_number IF NOT EXISTS FOR (n:LiveRecord) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT live_queued_key IF NOT EXISTS FOR (n:LiveQueued) REQUIRE (n.kind, n.item) IS UNIQUE;
CREATE INDEX judgement_by IF NOT EXISTS FOR (n:Judgement) ON (n.by);

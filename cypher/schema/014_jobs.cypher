// Jobs of a server with their results, and the keys by which a write that is sent again is known.
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT job_result_key IF NOT EXISTS FOR (n:JobResult) REQUIRE (n.job_id, n.part) IS UNIQUE;
CREATE CONSTRAINT write_key_id IF NOT EXISTS FOR (n:WriteKey) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT write_mark_id IF NOT EXISTS FOR (n:WriteMark) REQUIRE n.id IS UNIQUE;
CREATE INDEX job_state IF NOT EXISTS FOR (n:Job) ON (n.state);
CREATE INDEX job_owner IF NOT EXISTS FOR (n:Job) ON (n.owner);
CREATE INDEX job_result_job_id IF NOT EXISTS FOR (n:JobResult) ON (n.job_id);
CREATE INDEX write_key_ends_at IF NOT EXISTS FOR (n:WriteKey) ON (n.ends_at);
CREATE INDEX write_mark_ends_at IF NOT EXISTS FOR (n:WriteMark) ON (n.ends_at);

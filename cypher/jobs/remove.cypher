// Jobs, with what came out of them.
// batch: id STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
UNWIND $rows AS row
MATCH (n:JobResult {job_id: row.id})
DELETE n;
UNWIND $rows AS row
MATCH (n:Job {id: row.id})
DELETE n

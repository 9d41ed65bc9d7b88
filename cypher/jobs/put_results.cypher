// What came out of a job, packed, in parts.
// batch: job_id STRING, part INTEGER, content STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
UNWIND $rows AS row
MERGE (n:JobResult {job_id: row.job_id, part: row.part})
SET n.content = row.content

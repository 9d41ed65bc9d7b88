// What came out of a job, packed, in parts.
// in:    $id STRING
// out:   part INTEGER, content STRING
// order: part; some dozens of rows
// user:  api/jobs/ledger.py
MATCH (n:JobResult {job_id: $id})
RETURN
  n.part AS part,
  n.content AS content
ORDER BY part

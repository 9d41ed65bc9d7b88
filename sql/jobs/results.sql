-- What came out of a job, packed, in parts.
-- in:    $id STRING
-- out:   part INTEGER, content STRING
-- order: part; some dozens of rows
-- user:  api/jobs/ledger.py
SELECT
  part,
  content
FROM job_results
WHERE job_id = :id
ORDER BY part

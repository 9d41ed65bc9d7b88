-- What came out of a job, packed, in parts.
-- batch: job_id STRING, part INTEGER, content STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
INSERT INTO job_results (job_id, part, content) VALUES (:job_id, :part, :content)
ON CONFLICT (job_id, part) DO UPDATE SET content = excluded.content

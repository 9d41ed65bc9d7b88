-- Jobs, with what came out of them.
-- batch: id STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
DELETE FROM job_results WHERE job_id = :id;
DELETE FROM jobs WHERE id = :id

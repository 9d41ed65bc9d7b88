-- How a job ended; the first end stands.
-- in:    $id STRING, $state STRING, $at STRING, $report STRING, $problem STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
UPDATE jobs SET state = :state, ended_at = :at, report = :report, problem = :problem, version = version + 1
WHERE id = :id AND state IN ('waiting', 'running')

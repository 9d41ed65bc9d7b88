-- How far a running job is.
-- in:    $id STRING, $stage STRING, $done INTEGER, $total INTEGER, $at STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
UPDATE jobs SET stage = :stage, done = :done, total = :total, seen_at = :at, version = version + 1
WHERE id = :id AND state = 'running'

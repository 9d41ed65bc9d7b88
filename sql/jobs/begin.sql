-- A runner takes up a job that waits.
-- in:    $id STRING, $runner STRING, $at STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
UPDATE jobs SET state = 'running', runner = :runner, started_at = :at, seen_at = :at, version = version + 1
WHERE id = :id AND state = 'waiting'

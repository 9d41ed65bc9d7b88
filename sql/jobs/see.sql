-- The process of this runner is there: its running jobs were seen just now.
-- in:    $runner STRING, $at STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
UPDATE jobs SET seen_at = :at WHERE runner = :runner AND state = 'running'

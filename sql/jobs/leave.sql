-- Ask a job to end at its next safe point: `cancel`, or `forget` where nothing of it is to be kept.
-- in:    $id STRING, $leaving STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
UPDATE jobs SET leaving = :leaving, version = version + 1 WHERE id = :id

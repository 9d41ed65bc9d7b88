-- Jobs that ended before a moment, or that are to be forgotten and have ended.
-- in:    $moment STRING
-- out:   id STRING
-- order: id; some hundreds of rows
-- user:  api/jobs/ledger.py
SELECT
  id
FROM jobs
WHERE ended_at <> '' AND (ended_at < :moment OR leaving = 'forget')
ORDER BY id

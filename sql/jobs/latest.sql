-- Jobs, the latest first, but for those that are to be forgotten.
-- in:    $limit INTEGER 1..1000
-- out:   id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
-- order: id descending; at most $limit rows
-- user:  api/jobs/reports.py
SELECT
  id,
  kind,
  lane,
  owner,
  state,
  stage,
  done,
  total,
  version,
  options,
  place,
  runner,
  requested_at,
  started_at,
  seen_at,
  ended_at,
  leaving,
  report,
  problem
FROM jobs
WHERE leaving <> 'forget'
ORDER BY id DESC
LIMIT :limit

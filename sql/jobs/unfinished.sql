-- Jobs that wait or run, the first requested first.
-- in:    nothing
-- out:   id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
-- order: id; some dozens of rows
-- user:  api/jobs/ledger.py
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
WHERE state IN ('waiting', 'running')
ORDER BY id

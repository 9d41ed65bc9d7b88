-- One job by its id; no row where there is none.
-- in:    $id STRING
-- out:   id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
-- order: id; at most 1 row
-- user:  api/jobs/ledger.py, api/jobs/supervisor.py
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
WHERE id = :id

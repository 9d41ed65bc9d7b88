-- Jobs that begin to wait.
-- batch: id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
-- out:   nothing
-- order: none
-- user:  api/jobs/ledger.py
INSERT INTO jobs (
  id, kind, lane, owner, state, stage, done, total, version, options, place, runner, requested_at, started_at, seen_at, ended_at, leaving, report, problem
) VALUES (
  :id, :kind, :lane, :owner, :state, :stage, :done, :total, :version, :options, :place, :runner, :requested_at, :started_at, :seen_at, :ended_at, :leaving, :report, :problem
) ON CONFLICT (id) DO NOTHING

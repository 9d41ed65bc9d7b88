// Jobs that begin to wait.
// batch: id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
UNWIND $rows AS row
MERGE (n:Job {id: row.id})
ON CREATE SET n = row

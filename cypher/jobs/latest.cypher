// Jobs, the latest first, but for those that are to be forgotten.
// in:    $limit INTEGER 1..1000
// out:   id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
// order: id descending; at most $limit rows
// user:  api/jobs/reports.py
MATCH (n:Job)
WHERE n.leaving <> 'forget'
RETURN
  n.id AS id,
  n.kind AS kind,
  n.lane AS lane,
  n.owner AS owner,
  n.state AS state,
  n.stage AS stage,
  n.done AS done,
  n.total AS total,
  n.version AS version,
  n.options AS options,
  n.place AS place,
  n.runner AS runner,
  n.requested_at AS requested_at,
  n.started_at AS started_at,
  n.seen_at AS seen_at,
  n.ended_at AS ended_at,
  n.leaving AS leaving,
  n.report AS report,
  n.problem AS problem
ORDER BY id DESC
LIMIT $limit

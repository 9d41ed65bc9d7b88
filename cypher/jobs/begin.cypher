// A runner takes up a job that waits.
// in:    $id STRING, $runner STRING, $at STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
MATCH (n:Job {id: $id})
WHERE n.state = 'waiting'
SET n.state = 'running', n.runner = $runner, n.started_at = $at, n.seen_at = $at, n.version = n.version + 1

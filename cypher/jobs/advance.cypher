// How far a running job is.
// in:    $id STRING, $stage STRING, $done INTEGER, $total INTEGER, $at STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
MATCH (n:Job {id: $id})
WHERE n.state = 'running'
SET n.stage = $stage, n.done = $done, n.total = $total, n.seen_at = $at, n.version = n.version + 1

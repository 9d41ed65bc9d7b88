// The process of this runner is there: its running jobs were seen just now.
// in:    $runner STRING, $at STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
MATCH (n:Job {runner: $runner})
WHERE n.state = 'running'
SET n.seen_at = $at

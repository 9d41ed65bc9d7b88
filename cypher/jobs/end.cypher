// How a job ended; the first end stands.
// in:    $id STRING, $state STRING, $at STRING, $report STRING, $problem STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
MATCH (n:Job {id: $id})
WHERE n.state IN ['waiting', 'running']
SET n.state = $state, n.ended_at = $at, n.report = $report, n.problem = $problem, n.version = n.version + 1

// Ask a job to end at its next safe point: `cancel`, or `forget` where nothing of it is to be kept.
// in:    $id STRING, $leaving STRING
// out:   nothing
// order: none
// user:  api/jobs/ledger.py
MATCH (n:Job {id: $id})
SET n.leaving = $leaving, n.version = n.version + 1

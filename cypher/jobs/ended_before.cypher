// Jobs that ended before a moment, or that are to be forgotten and have ended.
// in:    $moment STRING
// out:   id STRING
// order: id; some hundreds of rows
// user:  api/jobs/ledger.py
MATCH (n:Job)
WHERE n.ended_at <> '' AND (n.ended_at < $moment OR n.leaving = 'forget')
RETURN
  n.id AS id
ORDER BY id

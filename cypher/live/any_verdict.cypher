// A record that a person spoke of, or nothing where nobody spoke yet.
// in:    nothing
// out:   record_id STRING
// order: record_id; at most two rows
// user:  resolution/live/called.py
CALL () {
  CALL () {
    MATCH (n:Judgement) WHERE n.by < 'model:' RETURN n.left_id AS left_id
    UNION
    MATCH (n:Judgement) WHERE n.by >= 'model;' RETURN n.left_id AS left_id
  }
  RETURN min(left_id) AS record_id
  UNION
  MATCH (n:LedgerEntry)
  RETURN min(n.left_id) AS record_id
}
WITH record_id
WHERE record_id IS NOT NULL
RETURN record_id
ORDER BY record_id

// One pair that a person spoke of, or nothing where nobody spoke yet.
// in:    nothing
// out:   left_id STRING
// order: left_id; at most one row
// user:  resolution/live/called.py
CALL () {
  MATCH (n:Judgement) WHERE n.by < 'model:' RETURN n.left_id AS left_id
  UNION
  MATCH (n:Judgement) WHERE n.by >= 'model;' RETURN n.left_id AS left_id
}
RETURN left_id
ORDER BY left_id
LIMIT 1

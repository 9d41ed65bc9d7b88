// Whether the call of a key has written.
// in:    $id STRING
// out:   id STRING
// order: id; at most 1 row
// user:  api/http/idempotency.py
MATCH (n:WriteMark {id: $id})
RETURN
  n.id AS id

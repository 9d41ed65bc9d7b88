// Keys and marks that ended before a moment.
// in:    $moment STRING
// out:   nothing
// order: none
// user:  api/http/idempotency.py
MATCH (n:WriteKey)
WHERE n.ends_at < $moment
DELETE n;
MATCH (n:WriteMark)
WHERE n.ends_at < $moment
DELETE n

// Keys whose call changed nothing: they may be used again.
// batch: id STRING
// out:   nothing
// order: none
// user:  api/http/idempotency.py
UNWIND $rows AS row
MATCH (n:WriteKey {id: row.id})
DELETE n

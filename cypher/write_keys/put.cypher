// Keys of writes: what was sent under them, and what was answered once that is known.
// batch: id STRING, request STRING, state STRING, lease_until STRING, ends_at STRING, status INTEGER, headers STRING, body STRING
// out:   nothing
// order: none
// user:  api/http/idempotency.py
UNWIND $rows AS row
MERGE (n:WriteKey {id: row.id})
SET n = row

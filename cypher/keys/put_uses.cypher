// The last day on which keys were shown; an earlier day changes nothing.
// batch: id STRING, used_on STRING
// out:   nothing
// order: none
// user:  api/keys/readers_log.py
UNWIND $rows AS row
MATCH (n:ApiKey {id: row.id})
WHERE coalesce(n.used_on, '') < row.used_on
SET n.used_on = row.used_on

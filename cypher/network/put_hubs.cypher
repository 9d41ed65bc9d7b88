// Addresses, phones and other values that several parties share; put before the ties to them.
// batch: id STRING, kind STRING, value STRING, n INTEGER
// out:   nothing
// order: none
// user:  graph/diff_writes.py
UNWIND $rows AS row
MERGE (n:Node {id: row.id})
SET n:Hub, n += row

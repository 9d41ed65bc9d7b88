// Keys whose call has written: kept with what it wrote, in one transaction.
// batch: id STRING, ends_at STRING
// out:   nothing
// order: none
// user:  api/http/deadlines.py
UNWIND $rows AS row
MERGE (n:WriteMark {id: row.id})
ON CREATE SET n = row

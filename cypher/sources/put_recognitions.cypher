// Good marks by public bodies.
// batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
// out:   nothing
// order: none
// user:  resolution/sources/shared_statements.py, resolution/sources/states.py
UNWIND $rows AS row
MERGE (n:Recognition {id: row.id})
SET n = row

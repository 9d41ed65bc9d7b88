// Outcomes of dealings between records.
// batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, reporter_id STRING, subject_id STRING, dealing STRING, outcome STRING, rating FLOAT?, amount FLOAT?, currency STRING?, happened_on STRING, fact_key STRING?, disputed BOOLEAN
// out:   nothing
// order: none
// user:  resolution/sources/shared_statements.py, resolution/sources/states.py
UNWIND $rows AS row
MERGE (n:Experience {id: row.id})
SET n = row

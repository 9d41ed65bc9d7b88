// Ties that sources state between records.
// batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, role STRING?, indirect BOOLEAN, verified BOOLEAN, began_on STRING?, ended_on STRING?, fact_key STRING?
// out:   nothing
// order: none
// user:  resolution/sources/shared_statements.py, resolution/sources/states.py
UNWIND $rows AS row
MERGE (n:Link {id: row.id})
SET n = row

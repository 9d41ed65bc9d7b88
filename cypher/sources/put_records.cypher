// Parties as sources describe them. Which entity a record belongs to stays: it is a property of the same node.
// batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, observed_on STRING?, document STRING
// out:   nothing
// order: none
// user:  resolution/live/dirty.py, resolution/sources/loads.py, resolution/sources/shared_statements.py, resolution/sources/states.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:Record {id: row.id})
SET n += row

// Official adverse listings of records.
// batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, list_type STRING, record_id STRING, issuer STRING, programme STRING?, case_no STRING?, listed_on STRING?, ends_on STRING?, removed_on STRING?, removal_ground STRING?, reason STRING?, duty STRING?, performance STRING?, amount FLOAT?, currency STRING?, creditor_ids STRING, disputed_since STRING?, decision_due_on STRING?
// out:   nothing
// order: none
// user:  resolution/sources/loads.py, resolution/sources/repairs.py, resolution/sources/shared_statements.py, resolution/sources/states.py
UNWIND $rows AS row
MERGE (n:Listing {id: row.id})
SET n = row

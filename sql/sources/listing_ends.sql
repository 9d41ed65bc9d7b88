-- Every listing by what tells it apart, and whether its source says that it was ended.
-- in:    nothing
-- out:   id STRING, dataset STRING, list_type STRING, record_id STRING, case_no STRING?, listed_on STRING?, removed_on STRING?, removal_ground STRING?
-- order: id; all rows
-- user:  resolution/sources/repairs.py
SELECT id, dataset, list_type, record_id, case_no, listed_on, removed_on, removal_ground
FROM listings
ORDER BY id

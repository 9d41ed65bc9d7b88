// Every listing by what tells it apart, and whether its source says that it was ended.
// in:    nothing
// out:   id STRING, dataset STRING, list_type STRING, record_id STRING, case_no STRING?, listed_on STRING?, removed_on STRING?, removal_ground STRING?
// order: id; all rows
// user:  resolution/sources/repairs.py
MATCH (n:Listing)
RETURN n.id AS id, n.dataset AS dataset, n.list_type AS list_type, n.record_id AS record_id, n.case_no AS case_no,
  n.listed_on AS listed_on, n.removed_on AS removed_on, n.removal_ground AS removal_ground
ORDER BY id

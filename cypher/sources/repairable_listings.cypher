// Listings by what tells them apart, and whether their source says that they were ended: of list types that several data sets
// state, with and without such an end.
// in:    nothing
// out:   id STRING, dataset STRING, list_type STRING, record_id STRING, case_no STRING?, listed_on STRING?, removed_on STRING?, removal_ground STRING?
// order: id; all rows
// user:  resolution/sources/repairs.py
MATCH (n:Listing)
WITH n.list_type AS list_type, count(DISTINCT n.dataset) AS datasets, count(n.removed_on) AS ended, count(*) AS listings
WHERE datasets > 1 AND ended > 0 AND ended < listings
WITH collect(list_type) AS list_types
MATCH (n:Listing)
WHERE n.list_type IN list_types
RETURN n.id AS id, n.dataset AS dataset, n.list_type AS list_type, n.record_id AS record_id, n.case_no AS case_no,
  n.listed_on AS listed_on, n.removed_on AS removed_on, n.removal_ground AS removal_ground
ORDER BY id

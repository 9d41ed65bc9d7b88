-- Listings by what tells them apart, and whether their source says that they were ended: of list types that several data sets
-- state, with and without such an end.
-- in:    nothing
-- out:   id STRING, dataset STRING, list_type STRING, record_id STRING, case_no STRING?, listed_on STRING?, removed_on STRING?, removal_ground STRING?
-- order: id; all rows
-- user:  resolution/sources/repairs.py
SELECT id, dataset, list_type, record_id, case_no, listed_on, removed_on, removal_ground
FROM listings
WHERE list_type IN (
  SELECT list_type
  FROM listings
  GROUP BY list_type
  HAVING count(DISTINCT dataset) > 1 AND count(removed_on) BETWEEN 1 AND count(*) - 1
)
ORDER BY id

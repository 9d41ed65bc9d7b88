// The day, and the ground, on which listings were ended by a decision that another source told.
// batch: id STRING, removed_on STRING, removal_ground STRING?
// out:   nothing
// order: none
// user:  resolution/sources/repairs.py
UNWIND $rows AS row
MATCH (n:Listing {id: row.id})
SET n.removed_on = row.removed_on, n.removal_ground = row.removal_ground

-- The day, and the ground, on which listings were ended by a decision that another source told.
-- batch: id STRING, removed_on STRING, removal_ground STRING?
-- out:   nothing
-- order: none
-- user:  resolution/sources/repairs.py
UPDATE listings
SET removed_on = :removed_on, removal_ground = :removal_ground
WHERE id = :id

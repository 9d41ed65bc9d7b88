-- Forget what ties carry, and every round over them.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/signals/waves.py
DELETE FROM carried;
DELETE FROM carried_shared;
DELETE FROM carried_seeds;
DELETE FROM carriers;

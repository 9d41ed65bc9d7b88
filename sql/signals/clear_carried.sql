-- Forget what ties carry, and every round over them.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
DELETE FROM carried;
DELETE FROM carried_shared;
DELETE FROM carried_seeds;
DELETE FROM carriers;

-- End a run: no wave is under way. What arrived stays in the totals.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
UPDATE carriers SET wave = NULL WHERE wave IS NOT NULL

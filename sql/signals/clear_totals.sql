-- Forget what arrived, before the next profile.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
UPDATE carriers SET total = NULL WHERE total IS NOT NULL

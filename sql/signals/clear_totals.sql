-- Forget what arrived, before the next profile.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/signals/waves.py
UPDATE carriers SET total = NULL WHERE total IS NOT NULL

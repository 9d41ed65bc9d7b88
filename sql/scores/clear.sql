-- Forget every score: they are computed anew.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/pipeline.py
DELETE FROM scores

-- Remove every tie and hub: they are derived anew.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  graph/pipeline.py
DELETE FROM ties;
DELETE FROM hubs;

-- Remove parties, members and names, and all that is derived from them: ties, hubs, signals, scores.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py
DELETE FROM entities;
DELETE FROM members;
DELETE FROM entity_names;
DELETE FROM ties;
DELETE FROM hubs;
DELETE FROM signals;
DELETE FROM scores;

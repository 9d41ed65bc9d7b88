-- Remove these parties with their members, names, ties, signals and scores.
-- in:    $ids LIST<STRING>
-- out:   nothing
-- order: none
-- user:  resolution/live/rewriting.py
DELETE FROM members WHERE entity_id IN (SELECT value FROM json_each(:ids));
DELETE FROM entity_names WHERE entity_id IN (SELECT value FROM json_each(:ids));
DELETE FROM ties WHERE source_id IN (SELECT value FROM json_each(:ids));
DELETE FROM ties WHERE target_id IN (SELECT value FROM json_each(:ids));
DELETE FROM signals WHERE entity_id IN (SELECT value FROM json_each(:ids));
DELETE FROM scores WHERE entity_id IN (SELECT value FROM json_each(:ids));
DELETE FROM entities WHERE id IN (SELECT value FROM json_each(:ids));

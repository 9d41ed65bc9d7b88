-- Take these records out, and out of the parties they belonged to. What was stated about them stays.
-- in:    $ids LIST<STRING>
-- out:   nothing
-- order: none
-- user:  resolution/live/dirty.py
DELETE FROM members WHERE record_id IN (SELECT value FROM json_each(:ids));
DELETE FROM file_statements WHERE kind = 'records' AND id IN (SELECT value FROM json_each(:ids));
DELETE FROM records WHERE id IN (SELECT value FROM json_each(:ids));

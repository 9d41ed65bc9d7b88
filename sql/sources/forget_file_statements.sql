-- Forget what files said of these records: somebody has put them anew, as a whole.
-- in:    $ids LIST<STRING>
-- out:   nothing
-- order: none
-- user:  resolution/live/dirty.py
DELETE FROM file_statements WHERE kind = 'records' AND id IN (SELECT value FROM json_each(:ids))

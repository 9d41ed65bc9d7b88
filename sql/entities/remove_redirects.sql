-- Ids that lead nowhere any more, as they bear a party of their own again.
-- in:    $ids LIST<STRING>
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
DELETE FROM redirects WHERE old_id IN (SELECT value FROM json_each(:ids))

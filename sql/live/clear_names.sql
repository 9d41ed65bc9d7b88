-- Forget the names to search by of these parties; they are put anew.
-- in:    $entity_ids LIST<STRING>
-- out:   nothing
-- order: none
-- user:  resolution/live/rewriting.py
DELETE FROM entity_names WHERE entity_id IN (SELECT value FROM json_each(:entity_ids))

-- The last day on which keys were shown; an earlier day changes nothing.
-- batch: id STRING, used_on STRING
-- out:   nothing
-- order: none
-- user:  api/keys/readers_log.py
UPDATE api_keys SET used_on = :used_on
WHERE id = :id AND coalesce(used_on, '') < :used_on

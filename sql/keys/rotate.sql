-- Give a key another secret; the one before holds until a time.
-- in:    $id STRING, $secret_hash STRING, $previous_hash STRING, $previous_until STRING, $ends_on STRING
-- out:   nothing
-- order: none
-- user:  api/keys/api_keys.py
UPDATE api_keys
SET secret_hash = :secret_hash, previous_hash = :previous_hash, previous_until = :previous_until, ends_on = :ends_on
WHERE id = :id

// Give a key another secret; the one before holds until a time.
// in:    $id STRING, $secret_hash STRING, $previous_hash STRING, $previous_until STRING, $ends_on STRING
// out:   nothing
// order: none
// user:  api/keys/api_keys.py
MATCH (n:ApiKey {id: $id})
SET n.secret_hash = $secret_hash, n.previous_hash = $previous_hash, n.previous_until = $previous_until, n.ends_on = $ends_on

// End a key at once; the first revocation stands.
// in:    $id STRING, $revoked_at STRING, $revoked_by STRING
// out:   nothing
// order: none
// user:  api/keys/api_keys.py
MATCH (n:ApiKey {id: $id})
WHERE n.revoked_at IS NULL
SET n.revoked_at = $revoked_at, n.revoked_by = $revoked_by

-- End a key at once; the first revocation stands.
-- in:    $id STRING, $revoked_at STRING, $revoked_by STRING
-- out:   nothing
-- order: none
-- user:  api/keys/api_keys.py
UPDATE api_keys SET revoked_at = :revoked_at, revoked_by = :revoked_by
WHERE id = :id AND revoked_at IS NULL

-- End a consent for every day; the first withdrawal stands.
-- in:    $id STRING, $withdrawn_at STRING, $withdrawn_by STRING
-- out:   nothing
-- order: none
-- user:  api/parties/consents.py
UPDATE consents SET withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by
WHERE id = :id AND withdrawn_at IS NULL

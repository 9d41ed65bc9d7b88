// End a consent for every day; the first withdrawal stands.
// in:    $id STRING, $withdrawn_at STRING, $withdrawn_by STRING
// out:   nothing
// order: none
// user:  api/parties/consents.py
MATCH (n:Consent {id: $id})
WHERE n.withdrawn_at IS NULL
SET n.withdrawn_at = $withdrawn_at, n.withdrawn_by = $withdrawn_by

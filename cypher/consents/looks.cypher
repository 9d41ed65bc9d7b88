// On which days a score was shown under these consents.
// in:    $consent_ids LIST<STRING>
// out:   consent_id STRING, looked_on STRING
// order: consent_id, looked_on; all rows
// user:  api/context/access.py, api/runs/key_rotation.py
MATCH (n:ConsentLook)
WHERE n.consent_id IN $consent_ids
RETURN n.consent_id AS consent_id, n.looked_on AS looked_on
ORDER BY consent_id, looked_on

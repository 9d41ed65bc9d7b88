-- On which days a score was shown under these consents.
-- in:    $consent_ids LIST<STRING>
-- out:   consent_id STRING, looked_on STRING
-- order: consent_id, looked_on; all rows
-- user:  api/context/access.py, api/runs/key_rotation.py
SELECT n.consent_id, n.looked_on
FROM consent_looks AS n
WHERE n.consent_id IN (SELECT value FROM json_each(:consent_ids))
ORDER BY n.consent_id, n.looked_on

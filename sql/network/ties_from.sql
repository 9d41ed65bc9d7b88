-- Ties that begin at any of these parties: over all parties, each tie once.
-- in:    $ids LIST<STRING>
-- out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
-- order: source_id, id; all rows
-- user:  api/contract/ftm_export.py, api/parties/exports.py
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
WHERE source_id IN (SELECT value FROM json_each(:ids))
ORDER BY source_id, id

-- These links, as stated.
-- in:    $ids LIST<STRING>
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, role STRING?, indirect BOOLEAN, verified BOOLEAN, began_on STRING?, ended_on STRING?, fact_key STRING?
-- order: id; all rows
-- user:  resolution/sources/shared_statements.py, api/contract/ftm_entities.py, api/parties/ties.py
SELECT
  id, dataset, source_class, row_id, release_id, kind, source_id, target_id, share, amount, currency, role,
  indirect, verified, began_on, ended_on, fact_key
FROM links
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

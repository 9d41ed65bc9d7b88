-- The listings of these parties, as stated.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, list_type STRING, record_id STRING, issuer STRING, programme STRING?, case_no STRING?, listed_on STRING?, ends_on STRING?, removed_on STRING?, removal_ground STRING?, reason STRING?, duty STRING?, performance STRING?, amount FLOAT?, currency STRING?, creditor_ids STRING, disputed_since STRING?, decision_due_on STRING?
-- order: entity_id, id; all rows
-- user:  api/contract/ftm_listings.py, api/watching/state_inputs.py
SELECT
  m.entity_id, n.id, n.dataset, n.source_class, n.row_id, n.release_id, n.list_type, n.record_id, n.issuer, n.programme,
  n.case_no, n.listed_on, n.ends_on, n.removed_on, n.removal_ground, n.reason, n.duty, n.performance, n.amount,
  n.currency, n.creditor_ids, n.disputed_since, n.decision_due_on
FROM members AS m
JOIN listings AS n ON n.record_id = m.record_id
WHERE m.entity_id IN (SELECT value FROM json_each(:ids))
ORDER BY m.entity_id, n.id

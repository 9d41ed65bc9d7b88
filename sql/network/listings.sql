-- Every listing, with the party of its record.
-- in:    nothing
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, list_type STRING, entity_id STRING, record_id STRING, issuer STRING, programme STRING?, case_no STRING?, listed_on STRING?, ends_on STRING?, removed_on STRING?, removal_ground STRING?, reason STRING?, duty STRING?, performance STRING?, amount FLOAT?, currency STRING?, creditor_ids STRING, disputed_since STRING?, decision_due_on STRING?
-- order: id; all rows
-- user:  graph/network/facts.py
-- columns: bulk, for Store.columns
SELECT
  n.id, n.dataset, n.source_class, n.row_id, n.release_id, n.list_type, rm.entity_id AS entity_id, n.record_id,
  n.issuer, n.programme, n.case_no, n.listed_on, n.ends_on, n.removed_on, n.removal_ground, n.reason, n.duty, n.performance,
  n.amount, n.currency, n.creditor_ids, n.disputed_since, n.decision_due_on
FROM listings AS n
JOIN members AS rm ON rm.record_id = n.record_id
ORDER BY n.id

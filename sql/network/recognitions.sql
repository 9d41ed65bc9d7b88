-- Every good mark, with the party of its record.
-- in:    nothing
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, mark STRING, entity_id STRING, record_id STRING, issuer STRING, given_on STRING, ends_on STRING?, reference STRING?, amount FLOAT?, currency STRING?
-- order: id; all rows
-- user:  graph/network/facts.py
-- columns: bulk, for Store.columns
SELECT
  n.id, n.dataset, n.source_class, n.row_id, n.release_id, n.mark, rm.entity_id AS entity_id, n.record_id,
  n.issuer, n.given_on, n.ends_on, n.reference, n.amount, n.currency
FROM recognitions AS n
JOIN members AS rm ON rm.record_id = n.record_id
ORDER BY n.id

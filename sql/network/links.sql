-- Every link, between the parties its records belong to.
-- Sorted after reading (`+`): ids lie at random in the table, and going to each by the index takes half as long again.
-- in:    nothing
-- out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, role STRING?, indirect BOOLEAN, verified BOOLEAN, began_on STRING?, ended_on STRING?, fact_key STRING?
-- order: id; all rows
-- user:  graph/network/facts.py
-- columns: bulk, for Store.columns
SELECT
  n.id, n.dataset, n.source_class, n.row_id, n.release_id, n.kind, sm.entity_id AS source_id,
  tm.entity_id AS target_id, n.share, n.amount, n.currency, n.role, n.indirect, n.verified, n.began_on, n.ended_on,
  n.fact_key
FROM links AS n
JOIN members AS sm ON sm.record_id = n.source_id
JOIN members AS tm ON tm.record_id = n.target_id
ORDER BY +n.id

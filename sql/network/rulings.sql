-- Every ruling on a case of circular trade, in the order they were made, a row for each party its records belong to today.
-- in:    nothing
-- out:   id STRING, case_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, shape STRING, entity_id STRING
-- order: id, entity_id; all rows
-- user:  graph/network/facts.py, api/runs/key_rotation.py
-- columns: bulk, for Store.columns
SELECT DISTINCT
  n.id, n.case_id, n.verdict, n."by", n.reason, n.decided_at, n.shape, r.entity_id
FROM ring_rulings AS n
JOIN ring_records AS m ON m.ruling_id = n.id
JOIN members AS r ON r.record_id = m.record_id
ORDER BY n.id, r.entity_id

-- Which of these parties are persons, and one record of each.
-- in:    $ids LIST<STRING>
-- out:   id STRING, record_id STRING
-- order: id; all rows
-- user:  api/keys/readers_log.py
SELECT
  e.id, min(m.record_id) AS record_id
FROM entities AS e
JOIN members AS m ON m.entity_id = e.id
WHERE e.id IN (SELECT value FROM json_each(:ids)) AND e.kind = 'person'
GROUP BY e.id
ORDER BY e.id

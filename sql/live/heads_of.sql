-- For each of these records the first record of its party that tells its kind.
-- in:    $record_ids LIST<STRING>
-- out:   record_id STRING, head_id STRING
-- order: record_id; all rows
-- user:  resolution/live/dirty.py
SELECT
  m.record_id, h.head_id
FROM members AS m
JOIN (
  SELECT o.entity_id, min(o.record_id) AS head_id
  FROM members AS o
  JOIN records AS r ON r.id = o.record_id
  WHERE r.kind <> 'unknown' AND o.entity_id IN (SELECT entity_id FROM members WHERE record_id IN (SELECT value FROM json_each(:record_ids)))
  GROUP BY o.entity_id
) AS h ON h.entity_id = m.entity_id
WHERE m.record_id IN (SELECT value FROM json_each(:record_ids))
ORDER BY m.record_id

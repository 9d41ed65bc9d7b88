-- For each of these records the first record of its party.
-- in:    $record_ids LIST<STRING>
-- out:   record_id STRING, head_id STRING
-- order: record_id; all rows
-- user:  resolution/live/surroundings.py
SELECT
  m.record_id, h.head_id
FROM members AS m
JOIN (
  SELECT entity_id, min(record_id) AS head_id
  FROM members
  WHERE entity_id IN (SELECT entity_id FROM members WHERE record_id IN (SELECT value FROM json_each(:record_ids)))
  GROUP BY entity_id
) AS h ON h.entity_id = m.entity_id
WHERE m.record_id IN (SELECT value FROM json_each(:record_ids))
ORDER BY m.record_id

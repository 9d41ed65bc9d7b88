-- When the files that describe these parties were loaded last, the earliest and the latest, and when a delivery changed a record.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, first_loaded STRING?, last_loaded STRING?, changed_on STRING?
-- order: entity_id; one row a party
-- user:  api/contract/ftm_days.py
SELECT
  m.entity_id, min(f.loaded_at) AS first_loaded, max(f.loaded_at) AS last_loaded,
  max((
    SELECT max(s.day)
    FROM source_changes AS c
    JOIN source_states AS s ON s.file_id = c.file_id AND s.state = c.state
    WHERE c.id = r.id
  )) AS changed_on
FROM members AS m
JOIN records AS r ON r.id = m.record_id
LEFT JOIN files AS f ON f.id = substr(r.row_id, 1, instr(r.row_id, '#') - 1)
WHERE m.entity_id IN (SELECT value FROM json_each(:ids))
GROUP BY m.entity_id
ORDER BY m.entity_id

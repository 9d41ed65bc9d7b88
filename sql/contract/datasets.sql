-- The data sets that records of parties come from, by steps from one beginning of record ids (`<data set>:`) to the next.
-- in:    nothing
-- out:   dataset STRING
-- order: dataset; all rows
-- user:  api/contract/datasets.py
WITH RECURSIVE steps (id) AS (
  SELECT min(record_id) FROM members
  UNION ALL
  SELECT (
    SELECT min(m.record_id)
    FROM members AS m
    WHERE m.record_id >= CASE instr(steps.id, ':')
      WHEN 0 THEN steps.id || char(1)
      ELSE substr(steps.id, 1, instr(steps.id, ':') - 1) || ';'
    END
  )
  FROM steps
  WHERE steps.id IS NOT NULL
)
SELECT DISTINCT r.dataset
FROM steps
JOIN records AS r ON r.id = steps.id
ORDER BY r.dataset

-- Records named by a masked number alone, as they were before ids were keyed; no row where there is none.
-- in:    nothing
-- out:   records INTEGER, example STRING
-- order: none; at most 1 row
-- user:  resolution/sources/id_keys.py
SELECT
  count(*) AS records, min(id) AS example
FROM records
WHERE instr(id, '**********') > 0 AND instr(id, '~') = 0
HAVING count(*) > 0

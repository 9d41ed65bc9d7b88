-- One party, or nothing.
-- in:    $id STRING
-- out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
-- order: id; all rows
-- user:  api/parties/search.py, api/reviews/judging.py
SELECT
  id, kind, name, name_other, place, document
FROM entities
WHERE id = :id
ORDER BY id

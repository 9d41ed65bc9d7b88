-- Every party.
-- in:    nothing
-- out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
-- order: id; all rows
-- user:  api/parties/rankings.py
-- columns: bulk, for Store.columns
SELECT
  id, kind, name, name_other, place, document
FROM entities
ORDER BY id

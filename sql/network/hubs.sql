-- Every shared value.
-- in:    nothing
-- out:   id STRING, kind STRING, value STRING, n INTEGER
-- order: id; all rows
-- user:  graph/diff_writes.py
-- columns: bulk, for Store.columns
SELECT
  id, kind, value, n
FROM hubs
ORDER BY id

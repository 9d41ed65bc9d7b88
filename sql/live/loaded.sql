-- What has been loaded from files so far, in two numbers that change with every load.
-- in:    nothing
-- out:   files INTEGER, rows INTEGER, latest STRING?
-- order: files; one row
-- user:  resolution/live/memory.py
SELECT
  count(*) AS files, coalesce(sum(rows_read), 0) AS rows, max(loaded_at) AS latest
FROM files
ORDER BY files

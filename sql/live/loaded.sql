-- What has been loaded from files so far, in numbers that change with every load.
-- in:    nothing
-- out:   files INTEGER, rows INTEGER, latest INTEGER
-- order: files; one row
-- user:  resolution/live/memory.py, api/runs/journey.py
SELECT
  count(*) AS files, coalesce(sum(rows_read), 0) AS rows, coalesce(max(loaded_change), 0) AS latest
FROM files
ORDER BY files

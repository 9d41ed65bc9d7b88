// What has been loaded from files so far, in numbers that change with every load.
// in:    nothing
// out:   files INTEGER, rows INTEGER, latest INTEGER
// order: files; one row
// user:  resolution/live/memory.py, api/runs/journey.py
MATCH (n:File)
RETURN
  count(n) AS files, coalesce(sum(n.rows_read), 0) AS rows, coalesce(max(n.loaded_change), 0) AS latest
ORDER BY files

// What has been loaded from files so far, in two numbers that change with every load.
// in:    nothing
// out:   files INTEGER, rows INTEGER, latest STRING?
// order: files; one row
// user:  resolution/live/memory.py
MATCH (n:File)
RETURN
  count(n) AS files, coalesce(sum(n.rows_read), 0) AS rows, max(n.loaded_at) AS latest
ORDER BY files

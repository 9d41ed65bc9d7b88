// How many firms, persons and agencies there are.
// in:    nothing
// out:   kind STRING, n INTEGER
// order: kind; at most 3 rows
// user:  api/parties/store_summary.py
MATCH (e:Entity)
RETURN e.kind AS kind, count(e) AS n
ORDER BY kind

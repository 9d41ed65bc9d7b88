// How many parties there are.
// in:    nothing
// out:   n INTEGER
// order: n; one row
// user:  api/contract/store_sizes.py
MATCH (e:Entity)
RETURN count(e) AS n
ORDER BY n

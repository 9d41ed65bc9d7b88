-- How many firms, persons and agencies there are.
-- in:    nothing
-- out:   kind STRING, n INTEGER
-- order: kind; at most 3 rows
-- user:  api/parties/store_summary.py
SELECT kind, count(*) AS n
FROM entities
GROUP BY kind
ORDER BY kind

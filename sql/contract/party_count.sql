-- How many parties there are.
-- in:    nothing
-- out:   n INTEGER
-- order: n; one row
-- user:  api/contract/store_sizes.py
SELECT count(*) AS n
FROM entities
ORDER BY n

-- How many parties stand where.
-- in:    nothing
-- out:   standing STRING, n INTEGER
-- order: standing; at most 3 rows
-- user:  api/context/kept_answers.py, api/parties/rankings.py
SELECT standing, count(*) AS n
FROM scores
GROUP BY standing
ORDER BY standing

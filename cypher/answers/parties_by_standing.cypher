// How many parties stand where.
// in:    nothing
// out:   standing STRING, n INTEGER
// order: standing; at most 3 rows
// user:  api/context/kept_answers.py, api/parties/rankings.py
MATCH (s:Score)
RETURN s.standing AS standing, count(s) AS n
ORDER BY standing

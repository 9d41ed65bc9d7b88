-- Parties with a name that holds the folded words: exact first (rank 0), then beginning so (1), then holding it (2).
-- in:    $folded STRING, $limit INTEGER 1..200
-- out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, rank INTEGER, length INTEGER
-- order: rank, length (of the shortest name found), id; at most $limit rows
-- user:  api/parties/search.py
SELECT
  e.id, e.kind, e.name, e.name_other, e.place,
  min(CASE WHEN n.folded = :folded THEN 0 WHEN instr(n.folded, :folded) = 1 THEN 1 ELSE 2 END) AS rank,
  min(length(n.folded)) AS length
FROM entity_names AS n
JOIN entities AS e ON e.id = n.entity_id
WHERE instr(n.folded, :folded) > 0 AND n.role <> 'key'
GROUP BY e.id
ORDER BY rank, length, id
LIMIT :limit

-- Parties that bear exactly this folded name.
-- in:    $folded STRING
-- out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?
-- order: id; at most 50 rows
-- user:  api/parties/search.py
SELECT DISTINCT e.id, e.kind, e.name, e.name_other, e.place
FROM entity_names AS n
JOIN entities AS e ON e.id = n.entity_id
WHERE n.folded = :folded
ORDER BY e.id
LIMIT 50

// How many ties each of these parties or hubs has; a party without ties is left out.
// in:    $ids LIST<STRING>
// out:   id STRING, n INTEGER
// order: id; all rows
// user:  api/context/kept_answers.py
MATCH (e:Node)-[n]-(:Node)
WHERE e.id IN $ids
RETURN e.id AS id, count(DISTINCT n) AS n
ORDER BY id

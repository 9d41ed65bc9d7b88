// These shared values.
// in:    $ids LIST<STRING>
// out:   id STRING, kind STRING, value STRING, n INTEGER
// order: id; all rows
// user:  api/context/kept_answers.py
MATCH (n:Hub)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.kind AS kind, n.value AS value, n.n AS n
ORDER BY id

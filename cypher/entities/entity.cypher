// One party, or nothing.
// in:    $id STRING
// out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
// order: id; all rows
// user:  api/parties/search.py, api/reviews/judging.py
MATCH (n:Entity)
WHERE n.id = $id
RETURN
  n.id AS id, n.kind AS kind, n.name AS name, n.name_other AS name_other, n.place AS place,
  n.document AS document
ORDER BY id

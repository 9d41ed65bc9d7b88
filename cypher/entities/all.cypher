// Every party.
// in:    nothing
// out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
// order: id; all rows
// user:  api/parties/rankings.py
// columns: bulk, for Store.columns
MATCH (n:Entity)
RETURN
  n.id AS id, n.kind AS kind, n.name AS name, n.name_other AS name_other, n.place AS place,
  n.document AS document
ORDER BY id

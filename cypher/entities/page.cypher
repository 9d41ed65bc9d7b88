// A page of parties after one id ('' starts).
// in:    $after STRING, $limit INTEGER 1..10001
// out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
// order: id; at most $limit rows
// user:  api/contract/ftm_export.py, api/parties/exports.py
MATCH (n:Entity)
WHERE n.id > $after
RETURN
  n.id AS id, n.kind AS kind, n.name AS name, n.name_other AS name_other, n.place AS place,
  n.document AS document
ORDER BY id
LIMIT $limit

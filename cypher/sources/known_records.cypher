// Which of these record ids the store holds.
// in:    $ids LIST<STRING>
// out:   id STRING
// order: id; all rows
// user:  resolution/sources/ingest.py
UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN DISTINCT n.id AS id
ORDER BY id

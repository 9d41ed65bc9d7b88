// Which of these record ids the store holds.
// in:    $ids LIST<STRING>
// out:   id STRING
// order: id; all rows
// user:  resolution/judgements/label_table.py, resolution/sources/loads.py, api/reviews/judging.py, api/runs/single_records.py
UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN DISTINCT n.id AS id
ORDER BY id

// Forget what files said of these records: somebody has put them anew, as a whole.
// in:    $ids LIST<STRING>
// out:   nothing
// order: none
// user:  resolution/live/dirty.py
UNWIND $ids AS id
MATCH (n:FileStatement {kind: 'records', id: id})
DELETE n

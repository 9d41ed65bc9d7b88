// These records, as the documents that hold them.
// in:    $ids LIST<STRING>
// out:   id STRING, document STRING
// order: id; all rows
// user:  resolution/entities/chains.py, resolution/entity_writes.py
// columns: bulk, for Store.columns
UNWIND $ids AS asked
MATCH (n:Record {id: asked})
RETURN DISTINCT
  n.id AS id, n.document AS document
ORDER BY id

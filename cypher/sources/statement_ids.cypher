// Ids of one table under which each file's own words are kept.
// in:    $kind STRING
// out:   id STRING
// order: id; all rows
// user:  resolution/sources/repairs.py
MATCH (n:FileStatement {kind: $kind})
RETURN DISTINCT n.id AS id
ORDER BY id

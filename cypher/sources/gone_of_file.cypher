// Records and experiences that an earlier state of a source no longer stated.
// in:    $file_id STRING
// out:   kind STRING, id STRING
// order: kind, id; all rows
// user:  resolution/sources/states.py
// columns: bulk, for Store.columns
MATCH (n:SourceChange {file_id: $file_id, change: 'went'})
WHERE n.kind IN ['records', 'experiences']
RETURN DISTINCT n.kind AS kind, n.id AS id
ORDER BY kind, id

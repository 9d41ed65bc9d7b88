// What one state of a source changed.
// in:    $file_id STRING, $state INTEGER 1.., $limit INTEGER 1..
// out:   kind STRING, id STRING, change STRING, before STRING?
// order: kind, id; at most $limit rows
// user:  api/parties/source_states.py
MATCH (n:SourceChange {file_id: $file_id, state: $state})
RETURN n.kind AS kind, n.id AS id, n.change AS change, n.before AS before
ORDER BY kind, id
LIMIT $limit

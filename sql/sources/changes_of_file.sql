-- What one state of a source changed.
-- in:    $file_id STRING, $state INTEGER 1.., $limit INTEGER 1..
-- out:   kind STRING, id STRING, change STRING, before STRING?
-- order: kind, id; at most $limit rows
-- user:  api/parties/source_states.py
SELECT kind, id, change, before
FROM source_changes
WHERE file_id = :file_id AND state = :state
ORDER BY kind, id
LIMIT :limit

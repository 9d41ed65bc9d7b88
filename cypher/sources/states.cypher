// The states that sources went through, the latest first.
// in:    nothing
// out:   file_id STRING, state INTEGER, day STRING, content_id STRING, rows_read INTEGER, counts STRING
// order: file_id, state DESC; all rows
// user:  resolution/sources/earlier_loads.py, api/contract/statement_times.py, api/parties/source_states.py
MATCH (n:SourceState)
RETURN n.file_id AS file_id, n.state AS state, n.day AS day, n.content_id AS content_id, n.rows_read AS rows_read, n.counts AS counts
ORDER BY file_id, state DESC

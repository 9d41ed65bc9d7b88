-- The states that sources went through, the latest first.
-- in:    nothing
-- out:   file_id STRING, state INTEGER, day STRING, content_id STRING, rows_read INTEGER, counts STRING
-- order: file_id, state DESC; all rows
-- user:  resolution/sources/earlier_loads.py, api/contract/statement_times.py, api/parties/source_states.py
SELECT file_id, state, day, content_id, rows_read, counts
FROM source_states
ORDER BY file_id, state DESC

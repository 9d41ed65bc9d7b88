// What came of a source's states, one row a state.
// batch: file_id STRING, state INTEGER, day STRING, content_id STRING, rows_read INTEGER, counts STRING
// out:   nothing
// order: none
// user:  resolution/sources/loads.py
UNWIND $rows AS row
MERGE (n:SourceState {file_id: row.file_id, state: row.state})
SET n = row

-- What came of a source's states, one row a state.
-- batch: file_id STRING, state INTEGER, day STRING, content_id STRING, rows_read INTEGER, counts STRING
-- out:   nothing
-- order: none
-- user:  resolution/sources/loads.py
INSERT INTO source_states (file_id, state, day, content_id, rows_read, counts)
VALUES (:file_id, :state, :day, :content_id, :rows_read, :counts)
ON CONFLICT (file_id, state) DO UPDATE SET
  day = excluded.day, content_id = excluded.content_id, rows_read = excluded.rows_read, counts = excluded.counts

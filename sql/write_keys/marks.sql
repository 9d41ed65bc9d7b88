-- Whether the call of a key has written.
-- in:    $id STRING
-- out:   id STRING
-- order: id; at most 1 row
-- user:  api/http/idempotency.py
SELECT
  id
FROM write_marks
WHERE id = :id

-- Keys whose call has written: kept with what it wrote, in one transaction.
-- batch: id STRING, ends_at STRING
-- out:   nothing
-- order: none
-- user:  api/http/deadlines.py
INSERT INTO write_marks (id, ends_at) VALUES (:id, :ends_at) ON CONFLICT (id) DO NOTHING

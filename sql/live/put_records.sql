-- Records by their number, with what other records add to them; since the last full run.
-- batch: number INTEGER, id STRING, known STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/record_cache.py
INSERT INTO live_records (
  number, id, known
) VALUES (
  :number, :id, :known
) ON CONFLICT (number) DO UPDATE SET
  id = excluded.id, known = excluded.known

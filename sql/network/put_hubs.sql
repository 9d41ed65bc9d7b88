-- Addresses, phones and other values that several parties share; put before the ties to them.
-- batch: id STRING, kind STRING, value STRING, n INTEGER
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
INSERT INTO hubs (
  id, kind, value, n
) VALUES (
  :id, :kind, :value, :n
) ON CONFLICT (id) DO UPDATE SET
  kind = excluded.kind, value = excluded.value, n = excluded.n

-- Rulings of people on cases of circular trade.
-- batch: id STRING, case_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, shape STRING
-- out:   nothing
-- order: none
-- user:  api/parties/rings.py, api/runs/key_rotation.py
INSERT INTO ring_rulings (
  id, case_id, verdict, "by", reason, decided_at, shape
) VALUES (
  :id, :case_id, :verdict, :by, :reason, :decided_at, :shape
) ON CONFLICT (id) DO UPDATE SET
  case_id = excluded.case_id, verdict = excluded.verdict, "by" = excluded."by", reason = excluded.reason,
  decided_at = excluded.decided_at, shape = excluded.shape

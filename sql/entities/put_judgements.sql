-- Verdicts on pairs; a verdict already kept with the same time and author is left as it is stated now.
-- batch: left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
INSERT INTO judgements (
  left_id, right_id, verdict, "by", reason, decided_at, match_weight
) VALUES (
  :left_id, :right_id, :verdict, :by, :reason, :decided_at, :match_weight
) ON CONFLICT (left_id, right_id, "by", decided_at) DO UPDATE SET
  verdict = excluded.verdict, reason = excluded.reason, match_weight = excluded.match_weight

-- Forget these verdicts of models: they no longer hold.
-- batch: left_id STRING, right_id STRING, by STRING, decided_at STRING
-- out:   nothing
-- order: none
-- user:  resolution/live/rewriting.py
DELETE FROM judgements
WHERE left_id = :left_id AND right_id = :right_id AND "by" = :by AND decided_at = :decided_at

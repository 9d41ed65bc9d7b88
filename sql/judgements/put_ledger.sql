-- Add lines to the ledger; a line that is there already is left as it is.
-- batch: id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
-- out:   nothing
-- order: none
-- user:  resolution/judgements/ledger.py
INSERT INTO ledger (
  id, occasion, left_id, right_id, verdict, undoes, "by", reason, decided_at
) VALUES (
  :id, :occasion, :left_id, :right_id, :verdict, :undoes, :by, :reason, :decided_at
) ON CONFLICT (id) DO NOTHING

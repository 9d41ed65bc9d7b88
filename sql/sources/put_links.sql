-- Ties that sources state between records.
-- batch: id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, role STRING?, indirect BOOLEAN, verified BOOLEAN, began_on STRING?, ended_on STRING?, fact_key STRING?
-- out:   nothing
-- order: none
-- user:  resolution/sources/shared_statements.py, resolution/sources/states.py
INSERT INTO links (
  id, dataset, source_class, row_id, release_id, kind, source_id, target_id, share, amount, currency, role,
  indirect, verified, began_on, ended_on, fact_key
) VALUES (
  :id, :dataset, :source_class, :row_id, :release_id, :kind, :source_id, :target_id, :share, :amount,
  :currency, :role, :indirect, :verified, :began_on, :ended_on, :fact_key
) ON CONFLICT (id) DO UPDATE SET
  dataset = excluded.dataset, source_class = excluded.source_class, row_id = excluded.row_id,
  release_id = excluded.release_id, kind = excluded.kind, source_id = excluded.source_id,
  target_id = excluded.target_id, share = excluded.share, amount = excluded.amount,
  currency = excluded.currency, role = excluded.role, indirect = excluded.indirect, verified = excluded.verified,
  began_on = excluded.began_on, ended_on = excluded.ended_on, fact_key = excluded.fact_key

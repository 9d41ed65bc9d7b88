-- Ties between parties, or from a party to a hub; both ends must have been put, and no id may come twice.
-- batch: id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
INSERT INTO ties (
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
) VALUES (
  :id, :kind, :source_id, :target_id, :share, :amount, :currency, :verified, :role, :began_on, :ended_on,
  :link_ids, :flags
) ON CONFLICT (id) DO UPDATE SET
  kind = excluded.kind, source_id = excluded.source_id, target_id = excluded.target_id, share = excluded.share,
  amount = excluded.amount, currency = excluded.currency, verified = excluded.verified, role = excluded.role,
  began_on = excluded.began_on, ended_on = excluded.ended_on, link_ids = excluded.link_ids,
  flags = excluded.flags

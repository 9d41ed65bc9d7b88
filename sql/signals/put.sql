-- Numbers about parties, one a name.
-- batch: entity_id STRING, name STRING, value FLOAT, own FLOAT, exposure FLOAT
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
INSERT INTO signals (
  entity_id, name, value, own, exposure
) VALUES (
  :entity_id, :name, :value, :own, :exposure
) ON CONFLICT (entity_id, name) DO UPDATE SET
  value = excluded.value, own = excluded.own, exposure = excluded.exposure

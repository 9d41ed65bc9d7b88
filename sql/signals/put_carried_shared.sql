-- Who shares a value, and how much of what the others hold arrives at each; 0 at a party that never receives.
-- batch: profile STRING, hub_id STRING, entity_id STRING, coefficient FLOAT
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
INSERT INTO carried_shared (
  profile, hub_id, entity_id, coefficient
) VALUES (
  :profile, :hub_id, :entity_id, :coefficient
) ON CONFLICT (profile, hub_id, entity_id) DO UPDATE SET coefficient = excluded.coefficient

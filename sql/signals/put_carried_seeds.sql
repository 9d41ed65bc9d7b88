-- Listings as sources, by profile: the strength each brings at its party, and who never receives it (JSON list of ids).
-- batch: profile STRING, entity_id STRING, listing_id STRING, strength FLOAT, blocked STRING
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
INSERT INTO carried_seeds (
  profile, entity_id, listing_id, strength, blocked
) VALUES (
  :profile, :entity_id, :listing_id, :strength, :blocked
) ON CONFLICT (profile, entity_id, listing_id) DO UPDATE SET strength = excluded.strength, blocked = excluded.blocked

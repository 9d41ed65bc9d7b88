// Listings as sources, by profile: the strength each brings at its party, and who never receives it (JSON list of ids).
// batch: profile STRING, entity_id STRING, listing_id STRING, strength FLOAT, blocked STRING
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
UNWIND $rows AS row
MERGE (n:CarriedSeed {profile: row.profile, entity_id: row.entity_id, listing_id: row.listing_id})
SET n = row

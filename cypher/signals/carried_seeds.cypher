// Which of these parties are sources in a profile, and who never receives what each listing brings.
// in:    $profile STRING, $ids LIST<STRING>
// out:   entity_id STRING, listing_id STRING, strength FLOAT, blocked STRING
// order: entity_id, listing_id; all rows
// user:  graph/signals/reaches.py
MATCH (n:CarriedSeed) WHERE n.profile = $profile AND n.entity_id IN $ids
RETURN n.entity_id AS entity_id, n.listing_id AS listing_id, n.strength AS strength, n.blocked AS blocked
ORDER BY entity_id, listing_id

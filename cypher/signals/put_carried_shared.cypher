// Who shares a value, and how much of what the others hold arrives at each; 0 at a party that never receives.
// batch: profile STRING, hub_id STRING, entity_id STRING, coefficient FLOAT
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
UNWIND $rows AS row
MATCH (e:Carrier {id: row.entity_id})
MERGE (h:CarrierHub {id: row.hub_id})
MERGE (e)-[s:SHARES {profile: row.profile}]->(h)
SET s.coefficient = row.coefficient

// How much of what the sender holds arrives at the receiver, by profile.
// batch: profile STRING, sender_id STRING, receiver_id STRING, coefficient FLOAT
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
UNWIND $rows AS row
MATCH (s:Carrier {id: row.sender_id})
MATCH (r:Carrier {id: row.receiver_id})
MERGE (s)-[c:CARRIES {profile: row.profile}]->(r)
SET c.coefficient = row.coefficient

// Forget what arrived, before the next profile.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
MATCH (n:Carrier) WHERE n.total IS NOT NULL
REMOVE n.total

// Forget what arrived, before the next profile.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/signals/waves.py
MATCH (n:Carrier) WHERE n.total IS NOT NULL
REMOVE n.total

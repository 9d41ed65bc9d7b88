// End a run: no wave is under way. What arrived stays in the totals.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
MATCH (n:Carrier) WHERE n.wave IS NOT NULL
REMOVE n.wave

// How much is still under way: the greatest wave at any party, 0 where there is none.
// in:    nothing
// out:   greatest FLOAT, parties INTEGER
// order: none; one row
// user:  graph/signals/in_store_propagation.py
MATCH (n:Carrier) WHERE n.wave IS NOT NULL
RETURN coalesce(max(n.wave), 0.0) AS greatest, count(n) AS parties

// Forget what ties carry, and every round over them.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
MATCH (:Carrier)-[t]->() CALL (t) { DELETE t } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Carrier) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:CarrierHub) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:CarriedSeed) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;

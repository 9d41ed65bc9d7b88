// Remove parties, members and names, and all that is derived from them: ties, hubs, signals, scores.
// in:    nothing
// out:   nothing
// order: none
// user:  resolution/entity_writes.py
MATCH (n:Node)-[t]->() CALL (t) { DELETE t } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Node) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Name) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Signal) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Score) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Record) WHERE n.entity_id IS NOT NULL CALL (n) { REMOVE n.entity_id } IN TRANSACTIONS OF 20000 ROWS;

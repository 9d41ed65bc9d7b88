// Forget everything live resolution looks up; a full run writes it anew.
// in:    nothing
// out:   nothing
// order: none
// user:  resolution/live/snapshot.py
MATCH (n:LiveBlock) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS;
MATCH (n:LiveChange) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS;
MATCH (n:LiveRecord) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS;
MATCH (n:LiveQueued) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS;

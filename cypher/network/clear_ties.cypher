// Remove every tie and hub: they are derived anew.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/pipeline.py
MATCH (:Node)-[t]->(:Node) CALL (t) { DELETE t } IN TRANSACTIONS OF 20000 ROWS;
MATCH (n:Hub) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS;

// Forget every signal: they are computed anew.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/pipeline.py
MATCH (n:Signal) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS

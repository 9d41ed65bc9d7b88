// Forget the packed state: the next run begins anew.
// in:    nothing
// out:   nothing
// order: none
// user:  graph/pipeline.py
MATCH (n:SignalState) DELETE n

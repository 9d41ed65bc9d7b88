// Forget what models said before: a new run says it anew. People's verdicts stay.
// in:    nothing
// out:   nothing
// order: none
// user:  resolution/entity_writes.py
MATCH (n:Judgement) WHERE n.by STARTS WITH 'model:'
CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS

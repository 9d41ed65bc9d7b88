// Count one more change of the store, and note it as the last one of its kind: a number that only grows, whatever a clock says.
// in:    $kind STRING
// out:   nothing
// order: none
// user:  store/changes.py
MERGE (n:Meta {key: 'changes'})
SET n.value = toString(toInteger(coalesce(n.value, '0')) + 1)
WITH n
MERGE (last:Meta {key: 'change.' + $kind})
SET last.value = n.value

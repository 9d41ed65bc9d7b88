// Ids that lead nowhere any more, as they bear a party of their own again.
// in:    $ids LIST<STRING>
// out:   nothing
// order: none
// user:  resolution/entity_writes.py, resolution/live/rewriting.py
MATCH (n:Redirect)
WHERE n.old_id IN $ids
DELETE n

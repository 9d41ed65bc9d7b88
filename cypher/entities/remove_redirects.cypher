// Ids that lead nowhere any more, as they bear a party of their own again.
// in:    $ids LIST<STRING>
// out:   nothing
// order: none
// user:  resolution/live/rewriting.py, resolution/entity_writes.py
MATCH (n:Redirect)
WHERE n.old_id IN $ids
DELETE n

// Forget the names to search by of these parties; they are put anew.
// in:    $entity_ids LIST<STRING>
// out:   nothing
// order: none
// user:  resolution/live/rewriting.py
MATCH (n:Name) WHERE n.entity_id IN $entity_ids DELETE n

// Remove these parties with their members, names, ties, signals and scores.
// in:    $ids LIST<STRING>
// out:   nothing
// order: none
// user:  resolution/live/rewriting.py
MATCH (n:Record) WHERE n.entity_id IN $ids REMOVE n.entity_id;
MATCH (n:Name) WHERE n.entity_id IN $ids DELETE n;
MATCH (n:Signal) WHERE n.entity_id IN $ids DELETE n;
MATCH (n:Score) WHERE n.entity_id IN $ids DELETE n;
MATCH (n:Entity) WHERE n.id IN $ids DETACH DELETE n;

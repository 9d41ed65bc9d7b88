// Take these records out, and out of the parties they belonged to. What was stated about them stays.
// in:    $ids LIST<STRING>
// out:   nothing
// order: none
// user:  resolution/live/dirty.py
MATCH (n:FileStatement) WHERE n.kind = 'records' AND n.id IN $ids DELETE n;
MATCH (n:Record) WHERE n.id IN $ids DETACH DELETE n;

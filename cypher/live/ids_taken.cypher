// Which of these ids are in use, or were and lead to another.
// in:    $ids LIST<STRING>
// out:   id STRING
// order: id; all rows
// user:  resolution/live/rewriting.py
CALL () {
  MATCH (n:Entity) WHERE n.id IN $ids RETURN n.id AS id
  UNION
  MATCH (n:Redirect) WHERE n.old_id IN $ids RETURN n.old_id AS id
}
RETURN id
ORDER BY id

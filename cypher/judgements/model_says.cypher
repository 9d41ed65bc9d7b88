// What models said of pairs that touch any of these records, the strongest first, with the parties the records are of.
// in:    $ids LIST<STRING>
// out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, match_weight FLOAT, left_entity STRING, right_entity STRING
// order: match_weight DESC, left_id, right_id; all rows
// user:  resolution/judgements/review_queue.py, api/parties/relations.py
CALL () {
  MATCH (j:Judgement) WHERE j.left_id IN $ids RETURN j
  UNION
  MATCH (j:Judgement) WHERE j.right_id IN $ids RETURN j
}
MATCH (l:Record {id: j.left_id}), (r:Record {id: j.right_id})
WHERE j.by STARTS WITH 'model:' AND l.entity_id IS NOT NULL AND r.entity_id IS NOT NULL
RETURN
  j.left_id AS left_id, j.right_id AS right_id, j.verdict AS verdict, j.by AS by, j.reason AS reason,
  j.match_weight AS match_weight, l.entity_id AS left_entity, r.entity_id AS right_entity
ORDER BY match_weight DESC, left_id, right_id

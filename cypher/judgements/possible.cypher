// Possible matches between two parties, those first by which most would change: listed parties, scores apart, records, weight.
// A party without a score yet counts as listed while a listing of its records was not taken off.
// in:    $limit INTEGER 1..100000
// out:   left_id STRING, right_id STRING, reason STRING, by STRING, match_weight FLOAT, kind STRING, left_entity STRING, right_entity STRING, left_records INTEGER, right_records INTEGER, listed INTEGER, signalled INTEGER, score_gap INTEGER
// order: listed DESC, score_gap DESC, the smaller number of records DESC, match_weight DESC, left_id, right_id; at most $limit rows
// user:  resolution/judgements/review_queue.py
MATCH (j:Judgement)
WHERE j.verdict = 'unsure' AND j.by STARTS WITH 'model:'
MATCH (l:Record {id: j.left_id}), (r:Record {id: j.right_id})
WHERE l.entity_id <> r.entity_id
MATCH (e:Entity {id: l.entity_id})
OPTIONAL MATCH (a:Score {entity_id: l.entity_id})
OPTIONAL MATCH (b:Score {entity_id: r.entity_id})
WITH
  j, e, l.entity_id AS left_entity, r.entity_id AS right_entity,
  CASE
    WHEN a.standing = 'listed' THEN 1
    WHEN a IS NULL AND EXISTS {
      MATCH (m:Record {entity_id: l.entity_id}) MATCH (n:Listing {record_id: m.id}) WHERE n.removed_on IS NULL
    } THEN 1
    ELSE 0
  END + CASE
    WHEN b.standing = 'listed' THEN 1
    WHEN b IS NULL AND EXISTS {
      MATCH (m:Record {entity_id: r.entity_id}) MATCH (n:Listing {record_id: m.id}) WHERE n.removed_on IS NULL
    } THEN 1
    ELSE 0
  END AS listed,
  CASE WHEN a.standing IN ['by_association', 'look'] THEN 1 ELSE 0 END
    + CASE WHEN b.standing IN ['by_association', 'look'] THEN 1 ELSE 0 END AS signalled,
  coalesce(abs(a.value - b.value), 0) AS score_gap,
  COUNT { MATCH (m:Record) WHERE m.entity_id = l.entity_id } AS left_records,
  COUNT { MATCH (m:Record) WHERE m.entity_id = r.entity_id } AS right_records
RETURN
  j.left_id AS left_id, j.right_id AS right_id, j.reason AS reason, j.by AS by, j.match_weight AS match_weight,
  e.kind AS kind, left_entity, right_entity, left_records, right_records, listed, signalled, score_gap
ORDER BY
  listed DESC, score_gap DESC, CASE WHEN left_records < right_records THEN left_records ELSE right_records END DESC,
  match_weight DESC, left_id, right_id
LIMIT $limit

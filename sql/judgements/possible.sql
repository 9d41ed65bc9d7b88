-- Possible matches between two parties, those first by which most would change: listed parties, scores apart, records, weight.
-- A party without a score yet counts as listed while a listing of its records was not taken off.
-- in:    $limit INTEGER 1..100000
-- out:   left_id STRING, right_id STRING, reason STRING, by STRING, match_weight FLOAT, kind STRING, left_entity STRING, right_entity STRING, left_records INTEGER, right_records INTEGER, listed INTEGER, signalled INTEGER, score_gap INTEGER
-- order: listed DESC, score_gap DESC, the smaller number of records DESC, match_weight DESC, left_id, right_id; at most $limit rows
-- user:  resolution/judgements/review_queue.py
WITH found AS (
  SELECT
    j.left_id, j.right_id, j.reason, j."by", j.match_weight, e.kind, l.entity_id AS left_entity, r.entity_id AS right_entity,
    (SELECT count(*) FROM members AS m WHERE m.entity_id = l.entity_id) AS left_records,
    (SELECT count(*) FROM members AS m WHERE m.entity_id = r.entity_id) AS right_records,
    coalesce(
      a.standing = 'listed',
      EXISTS (
        SELECT 1 FROM members AS m JOIN listings AS n ON n.record_id = m.record_id
        WHERE m.entity_id = l.entity_id AND n.removed_on IS NULL
      )
    ) + coalesce(
      b.standing = 'listed',
      EXISTS (
        SELECT 1 FROM members AS m JOIN listings AS n ON n.record_id = m.record_id
        WHERE m.entity_id = r.entity_id AND n.removed_on IS NULL
      )
    ) AS listed,
    coalesce(a.standing IN ('by_association', 'look'), 0) + coalesce(b.standing IN ('by_association', 'look'), 0) AS signalled,
    coalesce(abs(a.value - b.value), 0) AS score_gap
  FROM judgements AS j
  JOIN members AS l ON l.record_id = j.left_id
  JOIN members AS r ON r.record_id = j.right_id
  JOIN entities AS e ON e.id = l.entity_id
  LEFT JOIN scores AS a ON a.entity_id = l.entity_id
  LEFT JOIN scores AS b ON b.entity_id = r.entity_id
  WHERE j.verdict = 'unsure' AND j."by" LIKE 'model:%' AND l.entity_id <> r.entity_id
)
SELECT
  left_id, right_id, reason, "by", match_weight, kind, left_entity, right_entity, left_records, right_records,
  listed, signalled, score_gap
FROM found
ORDER BY listed DESC, score_gap DESC, min(left_records, right_records) DESC, match_weight DESC, left_id, right_id
LIMIT :limit

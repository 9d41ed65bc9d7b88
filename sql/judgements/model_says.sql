-- What models said of pairs that touch any of these records, the strongest first, with the parties the records are of.
-- in:    $ids LIST<STRING>
-- out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, match_weight FLOAT, left_entity STRING, right_entity STRING
-- order: match_weight DESC, left_id, right_id; all rows
-- user:  resolution/judgements/review_queue.py, api/parties/relations.py
SELECT
  j.left_id, j.right_id, j.verdict, j."by", j.reason, j.match_weight, l.entity_id AS left_entity, r.entity_id AS right_entity
FROM (
  SELECT * FROM judgements WHERE left_id IN (SELECT value FROM json_each(:ids))
  UNION
  SELECT * FROM judgements WHERE right_id IN (SELECT value FROM json_each(:ids))
) AS j
JOIN members AS l ON l.record_id = j.left_id
JOIN members AS r ON r.record_id = j.right_id
WHERE j."by" LIKE 'model:%'
ORDER BY j.match_weight DESC, j.left_id, j.right_id

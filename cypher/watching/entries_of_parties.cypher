// Entries that watch any of these parties, under the id they were given or the present one.
// in:    $ids LIST<STRING>
// out:   id STRING
// order: id; all rows
// user:  api/watching/observations.py
MATCH (n:WatchEntry)
WHERE n.entity_id IN $ids OR n.present_id IN $ids
RETURN n.id AS id
ORDER BY id

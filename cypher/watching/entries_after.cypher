// Entries of all lists, from one id on.
// in:    $after STRING, $limit INTEGER 1..1000
// out:   id STRING, watchlist_id STRING, entity_id STRING?, name STRING?, code STRING?, place STRING?, country STRING?, reference STRING?, note STRING?, active_until STRING?, created_at STRING, present_id STRING?, version INTEGER, document STRING
// order: id; at most $limit rows
// user:  api/watching/observations.py
MATCH (n:WatchEntry)
WHERE n.id > $after
RETURN
  n.id AS id, n.watchlist_id AS watchlist_id, n.entity_id AS entity_id, n.name AS name, n.code AS code, n.place AS
  place, n.country AS country, n.reference AS reference, n.note AS note, n.active_until AS active_until, n.created_at AS
  created_at, n.present_id AS present_id, n.version AS version, n.document AS document
ORDER BY id
LIMIT $limit

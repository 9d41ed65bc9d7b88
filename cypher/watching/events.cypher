// Events from one number on: of an owner, a list, a party, of some kinds; '' and an empty list stand for all.
// in:    $after INTEGER, $owner STRING, $watchlist_id STRING, $entity_id STRING, $kinds LIST<STRING>, $limit INTEGER 1..1001
// out:   number INTEGER, id STRING, owner STRING, watchlist_id STRING, entry_id STRING, entity_id STRING, kind STRING, observed_at STRING, document STRING
// order: number; at most $limit rows
// user:  api/watching/events.py
MATCH (n:WatchEvent)
WHERE n.number > $after
  AND ($owner = '' OR n.owner = $owner)
  AND ($watchlist_id = '' OR n.watchlist_id = $watchlist_id)
  AND ($entity_id = '' OR n.entity_id = $entity_id)
  AND (size($kinds) = 0 OR n.kind IN $kinds)
RETURN
  n.number AS number, n.id AS id, n.owner AS owner, n.watchlist_id AS watchlist_id, n.entry_id AS entry_id, n.entity_id
  AS entity_id, n.kind AS kind, n.observed_at AS observed_at, n.document AS document
ORDER BY number
LIMIT $limit

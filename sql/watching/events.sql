-- Events from one number on: of an owner, a list, a party, of some kinds; '' and an empty list stand for all.
-- in:    $after INTEGER, $owner STRING, $watchlist_id STRING, $entity_id STRING, $kinds LIST<STRING>, $limit INTEGER 1..1001
-- out:   number INTEGER, id STRING, owner STRING, watchlist_id STRING, entry_id STRING, entity_id STRING, kind STRING, observed_at STRING, document STRING
-- order: number; at most $limit rows
-- user:  api/watching/events.py
SELECT
  number, id, owner, watchlist_id, entry_id, entity_id, kind, observed_at, document
FROM watch_events
WHERE number > :after
  AND (:owner = '' OR owner = :owner)
  AND (:watchlist_id = '' OR watchlist_id = :watchlist_id)
  AND (:entity_id = '' OR entity_id = :entity_id)
  AND (json_array_length(:kinds) = 0 OR kind IN (SELECT value FROM json_each(:kinds)))
ORDER BY number
LIMIT :limit

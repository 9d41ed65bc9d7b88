// How many entries each of these lists has, and how many of them mean a party.
// in:    $ids LIST<STRING>
// out:   watchlist_id STRING, entries INTEGER, parties INTEGER
// order: watchlist_id; lists without entries are left out
// user:  api/watching/entries.py, api/watching/lists.py
MATCH (n:WatchEntry)
WHERE n.watchlist_id IN $ids
RETURN n.watchlist_id AS watchlist_id, count(*) AS entries, count(n.present_id) AS parties
ORDER BY watchlist_id

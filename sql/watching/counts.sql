-- How many entries each of these lists has, and how many of them mean a party.
-- in:    $ids LIST<STRING>
-- out:   watchlist_id STRING, entries INTEGER, parties INTEGER
-- order: watchlist_id; lists without entries are left out
-- user:  api/watching/entries.py, api/watching/lists.py
SELECT watchlist_id, count(*) AS entries, count(present_id) AS parties
FROM watch_entries
WHERE watchlist_id IN (SELECT value FROM json_each(:ids))
GROUP BY watchlist_id
ORDER BY watchlist_id

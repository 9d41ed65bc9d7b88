-- Remove a watch list with its entries and events.
-- in:    $id STRING
-- out:   nothing
-- order: none
-- user:  api/watching/lists.py
DELETE FROM watch_events WHERE watchlist_id = :id;
DELETE FROM watch_entries WHERE watchlist_id = :id;
DELETE FROM watchlists WHERE id = :id;

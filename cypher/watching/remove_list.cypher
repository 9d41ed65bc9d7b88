// Remove a watch list with its entries and events.
// in:    $id STRING
// out:   nothing
// order: none
// user:  api/watching/lists.py
MATCH (n:WatchEvent {watchlist_id: $id}) DELETE n;
MATCH (n:WatchEntry {watchlist_id: $id}) DELETE n;
MATCH (n:Watchlist {id: $id}) DELETE n;

// What changed about watched parties; an event put again changes nothing.
// batch: number INTEGER, id STRING, owner STRING, watchlist_id STRING, entry_id STRING, entity_id STRING, kind STRING, observed_at STRING, document STRING
// out:   nothing
// order: none
// user:  api/watching/observations.py
UNWIND $rows AS row
MERGE (n:WatchEvent {id: row.id})
ON CREATE SET n = row

-- What changed about watched parties; an event put again changes nothing.
-- batch: number INTEGER, id STRING, owner STRING, watchlist_id STRING, entry_id STRING, entity_id STRING, kind STRING, observed_at STRING, document STRING
-- out:   nothing
-- order: none
-- user:  api/watching/observations.py
INSERT INTO watch_events (
  number, id, owner, watchlist_id, entry_id, entity_id, kind, observed_at, document
) VALUES (
  :number, :id, :owner, :watchlist_id, :entry_id, :entity_id, :kind, :observed_at, :document
) ON CONFLICT (id) DO NOTHING

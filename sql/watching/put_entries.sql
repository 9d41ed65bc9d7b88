-- Entries of watch lists, new or changed, with what was last seen of each.
-- batch: id STRING, watchlist_id STRING, entity_id STRING?, name STRING?, code STRING?, place STRING?, country STRING?, reference STRING?, note STRING?, active_until STRING?, created_at STRING, present_id STRING?, version INTEGER, document STRING
-- out:   nothing
-- order: none
-- user:  api/watching/entries.py, api/watching/observations.py
INSERT INTO watch_entries (
  id, watchlist_id, entity_id, name, code, place, country, reference, note, active_until, created_at, present_id,
  version, document
) VALUES (
  :id, :watchlist_id, :entity_id, :name, :code, :place, :country, :reference, :note, :active_until, :created_at,
  :present_id, :version, :document
) ON CONFLICT (id) DO UPDATE SET
  watchlist_id = excluded.watchlist_id, entity_id = excluded.entity_id, name = excluded.name, code = excluded.code,
  place = excluded.place, country = excluded.country, reference = excluded.reference, note = excluded.note, active_until
  = excluded.active_until, created_at = excluded.created_at, present_id = excluded.present_id, version =
  excluded.version, document = excluded.document

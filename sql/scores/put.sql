-- Scores or states, one a party.
-- batch: entity_id STRING, kind STRING, as_of STRING, rulebook STRING, standing STRING, value INTEGER?, state STRING?, band STRING?, document STRING
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
INSERT INTO scores (
  entity_id, kind, as_of, rulebook, standing, value, state, band, document
) VALUES (
  :entity_id, :kind, :as_of, :rulebook, :standing, :value, :state, :band, :document
) ON CONFLICT (entity_id) DO UPDATE SET
  kind = excluded.kind, as_of = excluded.as_of, rulebook = excluded.rulebook, standing = excluded.standing,
  value = excluded.value, state = excluded.state, band = excluded.band, document = excluded.document

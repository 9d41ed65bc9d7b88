-- Parties, each with everything its records say.
-- batch: id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py, resolution/live/rewriting.py
INSERT INTO entities (
  id, kind, name, name_other, place, document
) VALUES (
  :id, :kind, :name, :name_other, :place, :document
) ON CONFLICT (id) DO UPDATE SET
  kind = excluded.kind, name = excluded.name, name_other = excluded.name_other, place = excluded.place,
  document = excluded.document

-- What was joined into these parties, and what was parted from them.
-- in:    $ids LIST<STRING>
-- out:   entity_id STRING, kind STRING, other_id STRING, happened_at STRING
-- order: entity_id, kind, other_id, happened_at; all rows
-- user:  api/watching/state_inputs.py
SELECT entity_id, kind, other_id, happened_at
FROM events
WHERE entity_id IN (SELECT value FROM json_each(:ids)) AND kind IN ('merged', 'led') AND other_id IS NOT NULL
UNION
SELECT other_id AS entity_id, kind, entity_id AS other_id, happened_at
FROM events
WHERE other_id IN (SELECT value FROM json_each(:ids)) AND kind IN ('split', 'returned')
ORDER BY entity_id, kind, other_id, happened_at

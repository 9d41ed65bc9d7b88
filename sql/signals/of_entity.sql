-- The signals of one party.
-- in:    $entity_id STRING
-- out:   entity_id STRING, name STRING, value FLOAT, own FLOAT, exposure FLOAT
-- order: name; all rows
-- user:  api/context/kept_answers.py
SELECT
  entity_id, name, value, own, exposure
FROM signals
WHERE entity_id = :entity_id
ORDER BY name

// The signals of one party.
// in:    $entity_id STRING
// out:   entity_id STRING, name STRING, value FLOAT, own FLOAT, exposure FLOAT
// order: name; all rows
// user:  api/context/kept_answers.py
MATCH (n:Signal)
WHERE n.entity_id = $entity_id
RETURN
  n.entity_id AS entity_id, n.name AS name, n.value AS value, n.own AS own, n.exposure AS exposure
ORDER BY name

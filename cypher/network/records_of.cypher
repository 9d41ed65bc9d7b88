// The records of one party.
// in:    $entity_id STRING
// out:   id STRING, dataset STRING, source_class STRING, row_id STRING, release_id STRING?, kind STRING, observed_on STRING?, document STRING
// order: id; all rows
// user:  api/parties/records.py, api/parties/rings.py
MATCH (n:Record {entity_id: $entity_id})
RETURN
  n.id AS id, n.dataset AS dataset, n.source_class AS source_class, n.row_id AS row_id,
  n.release_id AS release_id, n.kind AS kind, n.observed_on AS observed_on, n.document AS document
ORDER BY id

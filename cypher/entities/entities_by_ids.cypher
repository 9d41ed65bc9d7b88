// These parties.
// in:    $ids LIST<STRING>
// out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
// order: id; all rows
// user:  resolution/entities/chains.py, resolution/judgements/review_queue.py, resolution/screening/screen.py, api/context/kept_answers.py, api/parties/reaches.py, api/parties/summaries.py, api/watching/entries.py, api/watching/state_inputs.py
MATCH (n:Entity)
WHERE n.id IN $ids
RETURN
  n.id AS id, n.kind AS kind, n.name AS name, n.name_other AS name_other, n.place AS place,
  n.document AS document
ORDER BY id

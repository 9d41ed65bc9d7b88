-- These parties.
-- in:    $ids LIST<STRING>
-- out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, document STRING
-- order: id; all rows
-- user:  resolution/entities/chains.py, resolution/judgements/review_queue.py, resolution/screening/screen.py, api/context/kept_answers.py, api/parties/reaches.py, api/parties/summaries.py, api/watching/entries.py, api/watching/state_inputs.py
SELECT
  id, kind, name, name_other, place, document
FROM entities
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

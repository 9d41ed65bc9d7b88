-- Which record belongs to which party.
-- in:    nothing
-- out:   record_id STRING, entity_id STRING
-- order: record_id; all rows
-- user:  resolution/aliases/alias_proposals.py, resolution/pipeline.py, api/models/evaluations.py, api/parties/rankings.py
-- columns: bulk, for Store.columns
SELECT
  record_id, entity_id
FROM members
ORDER BY record_id

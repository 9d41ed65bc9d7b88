-- Id of the latest consent; ids count up. No row before the first.
-- in:    nothing
-- out:   id STRING
-- order: id descending; at most 1 row
-- user:  api/parties/consents.py
SELECT
  id
FROM consents
ORDER BY id DESC
LIMIT 1

-- One pair that a person spoke of, or nothing where nobody spoke yet.
-- in:    nothing
-- out:   left_id STRING
-- order: left_id; at most one row
-- user:  resolution/live/called.py
SELECT left_id
FROM judgements
WHERE substr("by", 1, 6) <> 'model:'
ORDER BY left_id
LIMIT 1

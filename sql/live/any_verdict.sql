-- A record that a person spoke of, or nothing where nobody spoke yet.
-- in:    nothing
-- out:   record_id STRING
-- order: record_id; at most two rows
-- user:  resolution/live/called.py
SELECT left_id AS record_id
FROM (SELECT left_id FROM judgements WHERE substr("by", 1, 6) <> 'model:' ORDER BY left_id LIMIT 1)
UNION
SELECT left_id AS record_id
FROM (SELECT left_id FROM ledger ORDER BY left_id LIMIT 1)
ORDER BY record_id

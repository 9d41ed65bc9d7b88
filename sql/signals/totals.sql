-- What arrived at each party since the totals were last cleared.
-- in:    nothing
-- out:   id STRING, total FLOAT
-- order: id; all rows
-- user:  graph/signals/in_store_propagation.py
-- columns: bulk, for Store.columns
SELECT id, total FROM carriers WHERE total IS NOT NULL ORDER BY id

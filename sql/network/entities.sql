-- Every party as a node of the network.
-- in:    nothing
-- out:   id STRING, kind STRING, name STRING, document STRING
-- order: id; all rows
-- user:  graph/network/facts.py
-- columns: bulk, for Store.columns
SELECT
  id, kind, name, document
FROM entities
ORDER BY id

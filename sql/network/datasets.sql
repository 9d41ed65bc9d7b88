-- Every dataset that describes parties, with the class of its source.
-- in:    nothing
-- out:   dataset STRING, source_class STRING
-- order: dataset, source_class; all rows
-- user:  graph/network/facts.py
-- columns: bulk, for Store.columns
SELECT DISTINCT dataset, source_class
FROM records
ORDER BY dataset, source_class

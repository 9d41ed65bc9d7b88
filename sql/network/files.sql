-- Which bytes each dataset was loaded from: files of the same bytes are one source, whatever they are called.
-- in:    nothing
-- out:   dataset STRING, content_id STRING
-- order: dataset, content_id; all rows
-- user:  graph/network/facts.py, api/parties/profiles.py
-- columns: bulk, for Store.columns
SELECT DISTINCT dataset, content_id
FROM files
WHERE complete
ORDER BY dataset, content_id

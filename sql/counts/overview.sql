-- How much of everything the store holds.
-- in:    nothing
-- out:   what STRING, n INTEGER
-- order: what; 12 rows
-- user:  resolution/live/memory.py, api/parties/store_summary.py
SELECT 'entities' AS what, count(*) AS n FROM entities
UNION ALL
SELECT 'experiences' AS what, count(*) AS n FROM experiences
UNION ALL
SELECT 'files' AS what, count(*) AS n FROM files
UNION ALL
SELECT 'hubs' AS what, count(*) AS n FROM hubs
UNION ALL
SELECT 'judgements' AS what, count(*) AS n FROM judgements
UNION ALL
SELECT 'links' AS what, count(*) AS n FROM links
UNION ALL
SELECT 'listings' AS what, count(*) AS n FROM listings
UNION ALL
SELECT 'recognitions' AS what, count(*) AS n FROM recognitions
UNION ALL
SELECT 'records' AS what, count(*) AS n FROM records
UNION ALL
SELECT 'scores' AS what, count(*) AS n FROM scores
UNION ALL
SELECT 'signals' AS what, count(*) AS n FROM signals
UNION ALL
SELECT 'ties' AS what, count(*) AS n FROM ties
ORDER BY what

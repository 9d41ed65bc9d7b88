-- Of records that a listing names and that were not taken off it: the mark of each listing, the same for one case of one issuer.
-- in:    nothing
-- out:   record_id STRING, mark STRING
-- order: record_id, mark; all rows
-- user:  resolution/pipeline.py
-- columns: bulk, for Store.columns
SELECT DISTINCT n.record_id, coalesce(n.issuer || ' ' || n.case_no, n.id) AS mark
FROM listings AS n
WHERE n.removed_on IS NULL
ORDER BY n.record_id, mark

-- Every tie.
-- in:    nothing
-- out:   id STRING, kind STRING, source_id STRING, target_id STRING, share FLOAT?, amount FLOAT?, currency STRING?, verified BOOLEAN, role STRING?, began_on STRING?, ended_on STRING?, link_ids STRING, flags STRING
-- order: id; all rows
-- user:  graph/diff_writes.py
-- columns: bulk, for Store.columns
SELECT
  id, kind, source_id, target_id, share, amount, currency, verified, role, began_on, ended_on, link_ids, flags
FROM ties
ORDER BY id

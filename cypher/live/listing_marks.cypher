// Of these records that a listing names and that were not taken off it: the mark of each listing, the same for one case of one issuer.
// in:    $record_ids LIST<STRING>
// out:   record_id STRING, mark STRING
// order: record_id, mark; all rows
// user:  resolution/live/dirty.py
UNWIND $record_ids AS asked
MATCH (n:Listing {record_id: asked})
WHERE n.removed_on IS NULL
RETURN DISTINCT
  n.record_id AS record_id, coalesce(n.issuer + ' ' + n.case_no, n.id) AS mark
ORDER BY record_id, mark

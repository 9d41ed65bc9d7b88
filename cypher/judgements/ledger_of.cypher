// Lines of the ledger that speak of any of these records, the latest first.
// in:    $ids LIST<STRING>
// out:   id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
// order: decided_at DESC, occasion, id; all rows
// user:  resolution/judgements/ledger.py
CALL () {
  MATCH (n:LedgerEntry) WHERE n.left_id IN $ids RETURN n
  UNION
  MATCH (n:LedgerEntry) WHERE n.right_id IN $ids RETURN n
}
RETURN
  n.id AS id, n.occasion AS occasion, n.left_id AS left_id, n.right_id AS right_id, n.verdict AS verdict, n.undoes AS undoes, n.by AS by, n.reason AS reason, n.decided_at AS decided_at
ORDER BY decided_at DESC, occasion, id

// What people say of pairs of records and have not taken back: lines of the ledger without an undo.
// in:    nothing
// out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING
// order: left_id, right_id, decided_at, by; all rows
// user:  resolution/judgements/ledger.py
// columns: bulk, for Store.columns
CALL () {
  MATCH (n:Judgement) WHERE NOT n.by STARTS WITH 'model:' RETURN n
  UNION ALL
  MATCH (n:LedgerEntry)
  WHERE n.verdict IS NOT NULL AND NOT EXISTS { MATCH (u:LedgerEntry) WHERE u.undoes = n.id }
  RETURN n
}
RETURN
  n.left_id AS left_id, n.right_id AS right_id, n.verdict AS verdict, n.by AS by, n.reason AS reason,
  n.decided_at AS decided_at
ORDER BY left_id, right_id, decided_at, by

// One line of the ledger, or all lines of one occasion, and the lines that undo any of them.
// in:    $id STRING
// out:   id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
// order: decided_at, id; all rows
// user:  resolution/judgements/ledger.py
CALL () {
  MATCH (n:LedgerEntry) WHERE n.id = $id OR n.occasion = $id RETURN n
  UNION
  MATCH (m:LedgerEntry) WHERE m.id = $id OR m.occasion = $id
  MATCH (n:LedgerEntry {undoes: m.id}) RETURN n
}
RETURN
  n.id AS id, n.occasion AS occasion, n.left_id AS left_id, n.right_id AS right_id, n.verdict AS verdict, n.undoes AS undoes, n.by AS by, n.reason AS reason, n.decided_at AS decided_at
ORDER BY decided_at, id

// Every verdict on a pair of records, models' and people's, oldest first; what was taken back is left out.
// in:    nothing
// out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, match_weight FLOAT?
// order: left_id, right_id, decided_at, by; all rows
// user:  tests/journeys/test_both_engines_agree.py
// columns: bulk, for Store.columns
CALL () {
  MATCH (n:Judgement) RETURN n
  UNION ALL
  MATCH (n:LedgerEntry)
  WHERE n.verdict IS NOT NULL AND NOT EXISTS { MATCH (u:LedgerEntry) WHERE u.undoes = n.id }
  RETURN n
}
RETURN
  n.left_id AS left_id, n.right_id AS right_id, n.verdict AS verdict, n.by AS by, n.reason AS reason,
  n.decided_at AS decided_at, n.match_weight AS match_weight
ORDER BY left_id, right_id, decided_at, by

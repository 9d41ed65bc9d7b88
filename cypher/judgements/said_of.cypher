// What people say of pairs with one of these records in it and have not taken back.
// in:    $ids LIST<STRING>
// out:   left_id STRING, right_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING
// order: left_id, right_id, decided_at, by; all rows
// user:  resolution/entities/chains.py, resolution/judgements/ledger.py, resolution/match_explanations/pair_weights.py
CALL () {
  MATCH (n:Judgement) WHERE NOT n.by STARTS WITH 'model:' AND n.left_id IN $ids RETURN n
  UNION
  MATCH (n:Judgement) WHERE NOT n.by STARTS WITH 'model:' AND n.right_id IN $ids RETURN n
  UNION
  MATCH (n:LedgerEntry) WHERE n.verdict IS NOT NULL AND n.left_id IN $ids
    AND NOT EXISTS { MATCH (u:LedgerEntry) WHERE u.undoes = n.id }
  RETURN n
  UNION
  MATCH (n:LedgerEntry) WHERE n.verdict IS NOT NULL AND n.right_id IN $ids
    AND NOT EXISTS { MATCH (u:LedgerEntry) WHERE u.undoes = n.id }
  RETURN n
}
RETURN
  n.left_id AS left_id, n.right_id AS right_id, n.verdict AS verdict, n.by AS by, n.reason AS reason,
  n.decided_at AS decided_at
ORDER BY left_id, right_id, decided_at, by

-- One line of the ledger, or all lines of one occasion, and the lines that undo any of them.
-- in:    $id STRING
-- out:   id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
-- order: decided_at, id; all rows
-- user:  resolution/judgements/ledger.py
SELECT
  id, occasion, left_id, right_id, verdict, undoes, "by", reason, decided_at
FROM ledger
WHERE id = :id OR occasion = :id
UNION
SELECT
  u.id, u.occasion, u.left_id, u.right_id, u.verdict, u.undoes, u."by", u.reason, u.decided_at
FROM ledger AS n
JOIN ledger AS u ON u.undoes = n.id
WHERE n.id = :id OR n.occasion = :id
ORDER BY decided_at, id

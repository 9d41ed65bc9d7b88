// What a call has to know first: what is remembered of the last full run, what was loaded from files, whether anybody spoke.
// in:    $note STRING
// out:   note STRING?, files INTEGER, rows INTEGER, latest INTEGER, spoken BOOLEAN
// order: files; one row
// user:  resolution/live/memory.py
OPTIONAL MATCH (m:Meta)
WHERE m.key = $note
WITH m.value AS note
OPTIONAL MATCH (n:File)
WITH note, count(n) AS files, coalesce(sum(n.rows_read), 0) AS rows, coalesce(max(n.loaded_change), 0) AS latest
RETURN
  note, files, rows, latest,
  EXISTS { MATCH (j:Judgement) WHERE j.by < 'model:' }
    OR EXISTS { MATCH (j:Judgement) WHERE j.by >= 'model;' }
    OR EXISTS { MATCH (:LedgerEntry) } AS spoken
ORDER BY files

-- What a call has to know first: what is remembered of the last full run, what was loaded from files, whether anybody spoke.
-- in:    $note STRING
-- out:   note STRING?, files INTEGER, rows INTEGER, latest INTEGER, spoken BOOLEAN
-- order: files; one row
-- user:  resolution/live/memory.py
SELECT
  (SELECT value FROM meta WHERE key = :note) AS note,
  (SELECT count(*) FROM files) AS files,
  (SELECT coalesce(sum(rows_read), 0) FROM files) AS rows,
  (SELECT coalesce(max(loaded_change), 0) FROM files) AS latest,
  (
    EXISTS (SELECT 1 FROM ledger)
    OR EXISTS (SELECT 1 FROM judgements WHERE substr("by", 1, 6) <> 'model:')
  ) AS spoken
ORDER BY files

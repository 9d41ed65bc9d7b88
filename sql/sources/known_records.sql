-- Which of these record ids the store holds.
-- in:    $ids LIST<STRING>
-- out:   id STRING
-- order: id; all rows
-- user:  resolution/judgements/label_table.py, resolution/sources/loads.py, api/reviews/judging.py, api/runs/single_records.py
SELECT id
FROM records
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id

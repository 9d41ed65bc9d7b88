-- Records a dataset.
-- in:    nothing
-- out:   dataset STRING, n INTEGER
-- order: dataset; all rows
-- user:  api/cli
SELECT dataset, count(*) AS n
FROM records
GROUP BY dataset
ORDER BY dataset

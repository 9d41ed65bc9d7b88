-- How many ties each of these parties or hubs has; a party without ties is left out.
-- in:    $ids LIST<STRING>
-- out:   id STRING, n INTEGER
-- order: id; all rows
-- user:  api/context/kept_answers.py
SELECT e.value AS id, count(*) AS n
FROM json_each(:ids) AS e
JOIN ties AS t ON t.source_id = e.value OR t.target_id = e.value
GROUP BY e.value
ORDER BY id

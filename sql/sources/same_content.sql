-- Other files of the same bytes that were loaded whole.
-- in:    $content_id STRING, $id STRING
-- out:   id STRING, name STRING, dataset STRING, mapping STRING
-- order: id; all rows
-- user:  resolution/sources/earlier_loads.py
SELECT
  id, name, dataset, mapping
FROM files
WHERE content_id = :content_id AND content_id <> '' AND id <> :id AND complete
ORDER BY id

// Other files of the same bytes that were loaded whole.
// in:    $content_id STRING, $id STRING
// out:   id STRING, name STRING, dataset STRING, mapping STRING
// order: id; all rows
// user:  resolution/sources/earlier_loads.py
MATCH (n:File)
WHERE n.content_id = $content_id AND n.content_id <> '' AND n.id <> $id AND n.complete
RETURN n.id AS id, n.name AS name, n.dataset AS dataset, n.mapping AS mapping
ORDER BY id

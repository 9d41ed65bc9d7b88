// How many parties each of these data sets describes, by the beginning of its record ids.
// in:    $names LIST<STRING>
// out:   name STRING, n INTEGER
// order: name; one row a name
// user:  api/contract/store_sizes.py
UNWIND $names AS name
CALL (name) {
  MATCH (r:Record)
  WHERE r.id STARTS WITH name + ':' AND r.entity_id IS NOT NULL
  RETURN count(DISTINCT r.entity_id) AS n
}
RETURN name, n
ORDER BY name

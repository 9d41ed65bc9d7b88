// Parties with a name that holds the folded words: exact first (rank 0), then beginning so (1), then holding it (2).
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $folded STRING, $limit INTEGER 1..200
// out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?, rank INTEGER, length INTEGER
// order: rank, length (of the shortest name found), id; at most $limit rows
// user:  api/parties/search.py
MATCH (n:Name)
WHERE n.folded CONTAINS $folded AND n.role <> 'key'
WITH n.entity_id AS id,
  min(CASE WHEN n.folded = $folded THEN 0 WHEN n.folded STARTS WITH $folded THEN 1 ELSE 2 END) AS rank,
  min(size(n.folded)) AS length
MATCH (e:Entity {id: id}) USING INDEX e:Entity(id)
RETURN id, e.kind AS kind, e.name AS name, e.name_other AS name_other, e.place AS place, rank, length
ORDER BY rank, length, id
LIMIT $limit

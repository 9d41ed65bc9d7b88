// Parties that bear exactly this folded name.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $folded STRING
// out:   id STRING, kind STRING, name STRING, name_other STRING?, place STRING?
// order: id; at most 50 rows
// user:  api/parties/search.py
MATCH (n:Name {folded: $folded})
MATCH (e:Entity {id: n.entity_id}) USING INDEX e:Entity(id)
RETURN DISTINCT e.id AS id, e.kind AS kind, e.name AS name, e.name_other AS name_other, e.place AS place
ORDER BY id
LIMIT 50

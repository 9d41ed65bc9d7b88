// When the files that describe these parties were loaded last, the earliest and the latest, and when a delivery changed a record.
// Indexes are named: until statistics catch up after a load, the planner would choose a scan.
// in:    $ids LIST<STRING>
// out:   entity_id STRING, first_loaded STRING?, last_loaded STRING?, changed_on STRING?
// order: entity_id; one row a party
// user:  api/contract/ftm_days.py
UNWIND $ids AS party
WITH DISTINCT party
MATCH (r:Record {entity_id: party}) USING INDEX r:Record(entity_id)
OPTIONAL MATCH (f:File {id: split(r.row_id, '#')[0]})
CALL (r) {
  OPTIONAL MATCH (c:SourceChange {id: r.id})
  OPTIONAL MATCH (s:SourceState {file_id: c.file_id, state: c.state})
  RETURN max(s.day) AS day
}
RETURN party AS entity_id, min(f.loaded_at) AS first_loaded, max(f.loaded_at) AS last_loaded, max(day) AS changed_on
ORDER BY entity_id

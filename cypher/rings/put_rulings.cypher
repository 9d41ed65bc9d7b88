// Rulings of people on cases of circular trade.
// batch: id STRING, case_id STRING, verdict STRING, by STRING, reason STRING, decided_at STRING, shape STRING
// out:   nothing
// order: none
// user:  api/parties/rings.py, api/runs/key_rotation.py
UNWIND $rows AS row
MERGE (n:RingRuling {id: row.id})
SET n = row

// Id of the latest ruling on a case of circular trade; ids count up. No row before the first.
// in:    nothing
// out:   id STRING
// order: id descending; at most 1 row
// user:  api/parties/rings.py
MATCH (n:RingRuling)
RETURN
  n.id AS id
ORDER BY id DESC
LIMIT 1

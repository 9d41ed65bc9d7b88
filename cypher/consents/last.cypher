// Id of the latest consent; ids count up. No row before the first.
// in:    nothing
// out:   id STRING
// order: id descending; at most 1 row
// user:  api/parties/consents.py
MATCH (n:Consent)
RETURN
  n.id AS id
ORDER BY id DESC
LIMIT 1

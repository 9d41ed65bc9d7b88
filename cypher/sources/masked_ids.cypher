// Records named by a masked number alone, as they were before ids were keyed; no row where there is none.
// in:    nothing
// out:   records INTEGER, example STRING
// order: none; at most 1 row
// user:  resolution/sources/id_keys.py
MATCH (r:Record)
WHERE r.id CONTAINS '**********' AND NOT r.id CONTAINS '~'
WITH count(r) AS records, min(r.id) AS example
WHERE records > 0
RETURN records, example
